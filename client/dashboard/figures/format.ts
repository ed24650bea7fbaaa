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
}

export function formatsFor(locale: string, t: Translate): Formats {
  const numbers = (fraction: number) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction,
      roundingMode: 'halfExpand',
    });
  const [whole, one, two] = [numbers(0), numbers(1), numbers(2)];
  const marks = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const list = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at: number | string) => format.format(new Date(at));
  };
  return {
    grade: (value) => (value === null || value === undefined ? t('figure.missing') : one.format(value)),
    margin: (value) => two.format(value),
    whole: (value) => whole.format(value),
    mark: (value) => marks.format(value),
    share: (value) => percent.format(value),
    count: (n) =>
      n === 0 ? t('count.none') : n === 1 ? t('count.one') : t('count.some', { n: whole.format(n) }),
    names: (names) => list.format(names),
    date: dates({ day: 'numeric', month: 'long', year: 'numeric' }),
    dayAndMonth: dates({ day: 'numeric', month: 'short' }),
    monthName: dates({ month: 'long', year: 'numeric' }),
    time: (() => {
      const format = dates({ hour: '2-digit', minute: '2-digit' });
      return (at: number) => (locale.startsWith('nl') ? format(at).replace(':', '.') : format(at));
    })(),
    ago: (milliseconds) => {
      const seconds = Math.floor(milliseconds / 1000);
      if (seconds < 2) return t('ago.now');
      if (seconds < 90) return t('ago.seconds', { n: seconds });
      if (seconds < 5400) return t('ago.minutes', { n: Math.round(seconds / 60) });
      return t('ago.hours', { n: Math.round(seconds / 3600) });
    },
  };
}
