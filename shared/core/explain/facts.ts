import type { ExplainDimension, Needed } from '../../contract/explanation.ts';

/** A part of the change, in grade points with its sign. */
export type Part =
  | { kind: 'mix'; value: number; mostly: ExplainDimension | 'newGone' | null }
  | { kind: 'segment'; value: number; label: string; from: number; to: number }
  | { kind: 'everywhere'; value: number; dimension: ExplainDimension };

/** What the sentences are about: figures only. Each language turns it into one to three sentences. */
export interface Facts {
  n: [number, number];
  means: [number, number];
  change: { value: number; low: number; high: number };
  mix: number;
  within: number;
  /** What is proven, largest first: in the direction of the change, and against it. */
  along: Part[];
  against: Part[];
  /** What of the change is left after all that is proven. */
  rest: number;
  needed: Needed | undefined;
  /** How long it takes, at the present pace, to get the ratings needed. */
  days: number | null;
}

export interface Broken {
  touchpoints: readonly string[];
  date?: string;
}

/** One language. Figures are given a decimal sign by it; grades one decimal, changes two. */
export interface Language {
  noChange(facts: Facts): string[];
  explained(facts: Facts): string[];
  partlyExplained(facts: Facts): string[];
  notExplained(facts: Facts): string[];
  broken(broken: Broken, needed: Needed, days: number | null): string[];
  tooFew(n: [number, number]): string[];
}

/** Figures as a language writes them. */
export function figuresIn(locale: 'nl-NL' | 'en-GB') {
  const decimals = (digits: number, signDisplay: 'auto' | 'exceptZero' = 'auto') => {
    // Made when a figure is written: making one takes longer than most modules take to load.
    let format: Intl.NumberFormat | undefined;
    return (value: number) => {
      format ??= new Intl.NumberFormat(locale, {
        ...{ minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay },
      });
      return format.format(value).replace('-', '−');
    };
  };
  const whole = decimals(0);
  const size = decimals(2);
  return {
    grade: decimals(1),
    /** Two decimals, without a sign. */
    size: (value: number) => size(Math.abs(value)),
    /** Two decimals, + or −. */
    signed: decimals(2, 'exceptZero'),
    count: whole,
    /** Rounded up to two figures: more would promise too much. */
    about: (value: number) => {
      const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
      return whole(Math.ceil(value / step) * step);
    },
  };
}

/** The two ends of an interval that lies on one side of 0, without signs, the smaller first. */
export const endsOf = ({ low, high }: { low: number; high: number }): [number, number] =>
  Math.abs(low) < Math.abs(high) ? [low, high] : [high, low];
