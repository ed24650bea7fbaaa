import { dayOf } from '#shared/core/calendar.ts';
import { type ChosenPeriod, PeriodPicker } from '../../ui/period-picker/PeriodPicker.tsx';
import { rangeOf } from '../figures/period.ts';
import { useOutgoingWords } from './words.ts';

const running = ['month', 'year', 'all'] as const;
export type RatesPeriod = ChosenPeriod<(typeof running)[number]>;

/** Null: since the beginning. */
export const daysOf = (period: RatesPeriod) => (period === 'all' ? null : rangeOf(period, dayOf(Date.now())));

/** When those were invited whose response is shown. */
export function RatesPeriodChoice(props: { period: RatesPeriod; onChange: (period: RatesPeriod) => void }) {
  const { w, t } = useOutgoingWords();
  return (
    <div className="kp-out__period kp-screen">
      <PeriodPicker
        value={props.period}
        running={running.map((key) => ({ key, text: key === 'all' ? w('rates.all') : t(`period.${key}`) }))}
        range={daysOf(props.period) ?? rangeOf('year', dayOf(Date.now()))}
        words={{
          legend: w('rates.period'),
          choose: t('period.choose'),
          from: t('period.from'),
          to: t('period.to'),
          show: t('period.show'),
          order: t('period.order'),
        }}
        onChange={props.onChange}
      />
    </div>
  );
}
