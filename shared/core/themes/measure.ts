/**
 * How well a lexicon finds what people see in comments. Precision: of the comments that the lexicon gives a theme, the
 * share that people give it too. Recall: of the comments that people give a theme, the share that the lexicon finds.
 */
import type { ThemeMatcher } from './matcher.ts';

/** Sentence → the keys of its themes with spaces between; empty for none. */
export type Labelled = Readonly<Record<string, string>>;

export interface Score {
  theme: string;
  /** Given by both, by the lexicon only, by people only. */
  right: number;
  tooMuch: number;
  missed: number;
  /** `null` where nothing was given. */
  precision: number | null;
  recall: number | null;
}

export interface Measured {
  sentences: number;
  /** Sentences of which all themes are right and none is too much. */
  whole: number;
  themes: Score[];
  /** All themes together. */
  overall: Score;
}

const scored = (theme: string, right: number, tooMuch: number, missed: number): Score => ({
  ...{ theme, right, tooMuch, missed },
  precision: right + tooMuch > 0 ? right / (right + tooMuch) : null,
  recall: right + missed > 0 ? right / (right + missed) : null,
});

export const themesIn = (labels: string): string[] => labels.split(' ').filter((label) => label !== '');

export function measure(matcher: ThemeMatcher, labelled: Labelled): Measured {
  const counts = new Map(matcher.themes.map((theme) => [theme, { right: 0, tooMuch: 0, missed: 0 }]));
  const sentences = Object.entries(labelled);
  let whole = 0;
  for (const [text, labels] of sentences) {
    const wanted = new Set(themesIn(labels));
    const found = new Set(matcher.mentions(text).map(({ theme }) => theme));
    for (const [theme, count] of counts) {
      if (found.has(theme) && wanted.has(theme)) count.right++;
      else if (found.has(theme)) count.tooMuch++;
      else if (wanted.has(theme)) count.missed++;
    }
    if (found.symmetricDifference(wanted).size === 0) whole++;
  }
  const themes = [...counts].map(([theme, { right, tooMuch, missed }]) =>
    scored(theme, right, tooMuch, missed),
  );
  const sum = (of: 'right' | 'tooMuch' | 'missed') => themes.reduce((total, score) => total + score[of], 0);
  return {
    ...{ sentences: sentences.length, whole, themes },
    overall: scored('', sum('right'), sum('tooMuch'), sum('missed')),
  };
}
