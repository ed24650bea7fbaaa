import { useSearch } from '@tanstack/react-router';
import { dateOfDay } from '#shared/core/calendar.ts';
import { useGo } from '../filters/choices.ts';
import { Filters } from '../filters/Filters.tsx';
import { Dimensions } from './Dimensions.tsx';
import { noPeriods, PeriodsForm } from './PeriodsForm.tsx';
import type { Question } from './question.ts';
import './filters.css';

/** Periods, filters and what to split by; the address holds them, so that an explanation can be kept and sent. */
export function WhyFilters({ question, today }: { question: Question; today: number }) {
  const search = useSearch({ from: '__root__' });
  const go = useGo();
  return (
    <div className="kp-why__filters kp-screen">
      <PeriodsForm
        question={question}
        today={dateOfDay(today)}
        date={search.date}
        weeks={search.weeks}
        onChange={(change) => go({ ...noPeriods, ...change })}
      />
      <Filters />
      <Dimensions chosen={question.by} onChange={(by) => go({ by })} />
    </div>
  );
}
