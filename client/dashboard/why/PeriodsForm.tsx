import { type FormEvent, useId, useState } from 'react';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import '../../ui/period-picker/period-picker.css';
import '../../ui/view-switch/view-switch.css';
import type { Search } from '../search.ts';
import {
  type Compare,
  type PeriodField,
  type Question,
  usualWeeks,
  type Wrong,
  wrongOf,
} from './question.ts';
import { useWhyWords } from './words.ts';

const kinds: readonly Compare[] = ['year', 'month', 'date', 'own'];
const lengths = [4, 8, 13, 26, 52];
/** Of the address: all that says which periods are compared. */
export const noPeriods = {
  ...{ period: undefined, compare: undefined, date: undefined, weeks: undefined },
  ...{ from: undefined, to: undefined, baseFrom: undefined, baseTo: undefined },
};

export interface PeriodsFormProps {
  question: Question;
  today: string;
  date: string | undefined;
  weeks: number | undefined;
  onChange: (change: Partial<Search>) => void;
}

/** Which two periods: the usual ones at one touch, others with dates. */
export function PeriodsForm({ question, today, date, weeks = usualWeeks, onChange }: PeriodsFormProps) {
  const words = useWhyWords();
  const { w, date: dateWords } = words;
  const id = useId();
  const [choosing, setChoosing] = useState<Compare | null>(null);
  const [found, setFound] = useState<Wrong[] | null>(null);
  const kind = choosing ?? question.compare;
  const wrong = found ?? question.wrong;
  const { base, current } = question;

  function choose(next: Compare) {
    setFound(null);
    const open = next === 'date' || next === 'own';
    setChoosing(open ? next : null);
    if (!open) onChange(next === 'month' ? { compare: next } : {});
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const value = (name: string) => String(data.get(name) ?? '');
    if (kind === 'date') {
      const on = value('date');
      const text = on === '' ? 'periods.missing' : on > today ? 'periods.future' : null;
      setFound(text ? [{ field: 'date', text }] : null);
      if (text) return;
      onChange({ compare: 'date', date: on, weeks: Number(value('weeks')) });
    } else {
      const asked = {
        baseFrom: value('baseFrom'),
        baseTo: value('baseTo'),
        from: value('from'),
        to: value('to'),
      };
      const problems = wrongOf(
        { from: asked.baseFrom, to: asked.baseTo },
        { from: asked.from, to: asked.to },
      );
      setFound(problems.length > 0 ? problems : null);
      if (problems.length > 0) return;
      onChange(asked);
    }
    setChoosing(null);
  }

  const textOf = ({ text }: Wrong) => w(text, { date: dateWords(`${current.from}T12:00:00Z`) });
  const field = (name: PeriodField, label: string, value: string, hidden: string) => {
    const problem = wrong.find((one) => one.field === name);
    return (
      <span className="kp-why__date">
        <label htmlFor={`${id}-${name}`}>
          <span aria-hidden={hidden !== label}>{label}</span>
          {hidden !== label && <span className="kp-hidden">{hidden}</span>}
        </label>
        <input
          type="date"
          id={`${id}-${name}`}
          name={name}
          className="kp-period__input"
          defaultValue={value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-${name}-wrong` : undefined}
        />
        {problem && (
          <span id={`${id}-${name}-wrong`} className="kp-period__wrong">
            {textOf(problem)}
          </span>
        )}
      </span>
    );
  };

  return (
    <div className="kp-why__asking">
      <fieldset className="kp-segments kp-why__presets">
        <legend className="kp-hidden">{w('periods.legend')}</legend>
        {kinds.map((one) => (
          <label key={one} className="kp-segment">
            <input
              type="radio"
              name={`${id}-kind`}
              className="kp-period__radio"
              checked={kind === one}
              onChange={() => choose(one)}
            />
            {w(`periods.${one}`)}
          </label>
        ))}
      </fieldset>
      {wrong.length > 0 && (
        <ErrorSummary
          title={w('periods.wrong')}
          errors={wrong.map((one) => ({ field: `${id}-${one.field}`, text: textOf(one) }))}
        />
      )}
      {(kind === 'date' || kind === 'own') && (
        <form
          className="kp-why__dates"
          onSubmit={submit}
          noValidate
          key={`${kind}${base.from}${base.to}${current.from}${current.to}`}
        >
          {kind === 'own' ? (
            <>
              {field('baseFrom', w('periods.from'), base.from, w('periods.baseFrom'))}
              {field('baseTo', w('periods.to'), base.to, w('periods.baseTo'))}
              {field('from', w('periods.then'), current.from, w('periods.currentFrom'))}
              {field('to', w('periods.to'), current.to, w('periods.currentTo'))}
            </>
          ) : (
            <>
              {field('date', w('periods.date.on'), date ?? current.from, w('periods.date.on'))}
              <span className="kp-why__date">
                <label htmlFor={`${id}-weeks`}>{w('periods.date.days')}</label>
                <select id={`${id}-weeks`} name="weeks" className="kp-period__input" defaultValue={weeks}>
                  {[...new Set([...lengths, weeks])]
                    .sort((a, b) => a - b)
                    .map((n) => (
                      <option key={n} value={n}>
                        {w('periods.date.length', { n })}
                      </option>
                    ))}
                </select>
              </span>
            </>
          )}
          <button type="submit" className="utrecht-button utrecht-button--secondary-action kp-period__show">
            {w('periods.show')}
          </button>
        </form>
      )}
    </div>
  );
}
