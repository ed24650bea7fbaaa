import type { Period } from '#shared/contract/live.ts';
import { nameOf, type Range, wholeYear } from '../figures/period.ts';
import type { Words } from '../messages/words.tsx';

/** "in 2026", "vandaag", "1 januari 2026 tot en met 31 maart 2026". */
export function periodWords(period: Period, range: Range, { t, date, monthName }: Words): string {
  const year = wholeYear(period);
  if (year) return t('period.words.year', { year });
  const noon = (day: string) => `${day}T12:00:00Z`;
  return t(`period.words.${nameOf(period)}`, {
    year: range.to.slice(0, 4),
    month: monthName(noon(range.to)),
    from: date(noon(range.from)),
    to: date(noon(range.to)),
  });
}

/** What a figure is compared with: "vorig jaar", "2023", "de periode ervoor". */
export function previousWords(period: Period, { t }: Words): string {
  const year = wholeYear(period);
  return year ? String(Number(year) - 1) : t(`previous.${nameOf(period)}`);
}
