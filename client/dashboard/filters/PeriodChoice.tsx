import { useSearch } from '@tanstack/react-router';
import { runningPeriods } from '#shared/contract/lists.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { PeriodPicker } from '../../ui/period-picker/PeriodPicker.tsx';
import { rangeOf } from '../figures/period.ts';
import { useWords } from '../messages/words.tsx';
import { periodOf } from '../search.ts';
import { useGo } from './choices.ts';

/** A running period, or days of one's own. */
export function PeriodChoice() {
  const { t } = useWords();
  const period = periodOf(useSearch({ from: '__root__' }));
  const go = useGo();
  return (
    <PeriodPicker
      value={period}
      running={runningPeriods.map((key) => ({ key, text: t(`period.${key}`) }))}
      range={rangeOf(period, dayOf(Date.now()))}
      words={{
        legend: t('period.legend'),
        choose: t('period.choose'),
        from: t('period.from'),
        to: t('period.to'),
        show: t('period.show'),
        order: t('period.order'),
      }}
      onChange={(value) =>
        go(
          typeof value === 'string'
            ? { period: value, from: undefined, to: undefined }
            : { period: undefined, ...value },
        )
      }
    />
  );
}
