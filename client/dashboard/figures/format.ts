import type { Translate } from '../messages/messages.ts';

const timeZone = 'Europe/Amsterdam';

/** Everything that is read as a figure or a moment, in one language. */
export interface Formats {
  /** One decimal, rounded half up from the exact value; "n.b." when there is none. */
  grade: (value: number | null | undefined) => string;
  margin: (value: number) => string;
  whole: (value: number) => string;
  share: (value: number) => string;
  /** A mark on an axis: no more decimals than it has. */
  mark: (value: number) => string;
  /** "12.408 waarderingen" */
  count: (n: number) => string;
  names: (names: readonly string[]) => string;
  date: (at: number | string) => string;
  dayAndMonth: (at: number | string) => string;
  monthName: (at: number | string) => string;
  time: (at: number) => string;
  ago: (milliseconds: number) => string;
  /** Of a language tag such as "tr". */
  languageName: (tag: string) => string;
}

/** Made when it is first needed: each is one of the slowest things that a page does while it starts. */
const once = <Made>(make: () => Made) => {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

export function formatsFor(locale: string, t: Translate): Formats {
  const numbers = (options: Intl.NumberFormatOptions) => {
    const format = once(() => new Intl.NumberFormat(locale, { roundingMode: 'halfExpand', ...options }));
    return (value: number) => format().format(value);
  };
  const decimals = (digits: number) =>
    numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = once(() => new Intl.DateTimeFormat(locale, { timeZone, ...options }));
    return (at: number | string) => format().format(new Date(at));
  };
  const [whole, one] = [decimals(0), decimals(1)];
  const list = once(() => new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }));
  const tongues = once(() => new Intl.DisplayNames(locale, { type: 'language' }));
  const clock = dates({ hour: '2-digit', minute: '2-digit' });
  return {
    grade: (value) => (value === null || value === undefined ? t('figure.missing') : one(value)),
    margin: decimals(2),
    whole,
    mark: numbers({}),
    share: numbers({ style: 'percent', maximumFractionDigits: 0 }),
    count: (n) => (n === 0 ? t('count.none') : n === 1 ? t('count.one') : t('count.some', { n: whole(n) })),
    names: (names) => list().format(names),
    date: dates({ day: 'numeric', month: 'long', year: 'numeric' }),
    dayAndMonth: dates({ day: 'numeric', month: 'short' }),
    monthName: dates({ month: 'long', year: 'numeric' }),
    time: (at) => (locale.startsWith('nl') ? clock(at).replace(':', '.') : clock(at)),
    languageName: (tag) => tongues().of(tag) ?? tag,
    ago: (milliseconds) => {
      const seconds = Math.floor(milliseconds / 1000);
      if (seconds < 2) return t('ago.now');
      if (seconds < 90) return t('ago.seconds', { n: seconds });
      if (seconds < 5400) return t('ago.minutes', { n: Math.round(seconds / 60) });
      return t('ago.hours', { n: Math.round(seconds / 3600) });
    },
  };
}
