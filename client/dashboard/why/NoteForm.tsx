import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { limits } from '#shared/contract/limits.ts';
import type { Indicator } from '#shared/contract/settings.ts';
import { ErrorSummary } from '../../ui/form/ErrorSummary.tsx';
import { ApiProblem, put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { noteWith } from './note.ts';
import { indicatorsQuery } from './queries.ts';
import { useWhyWords } from './words.ts';

const yearsOf = ({ years }: Indicator, year: string): string[] =>
  [...new Set([...Object.keys(years), year])].sort().reverse();

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="kp-field utrecht-form-field">
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      {children}
    </div>
  );
}

export interface NoteFormProps {
  text: string;
  year: string;
  onSaved: (words: string) => void;
  onCancel: () => void;
}

/** Puts the text into the note of one indicator and year. */
export function NoteForm({ text, year: usual, onSaved, onCancel }: NoteFormProps) {
  const { w, t } = useWhyWords();
  const id = useId();
  const { channel } = useSearch({ from: '__root__' });
  const { data: indicators } = useQuery(indicatorsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [year, setYear] = useState(usual);
  const [changed, setChanged] = useState<string | null>(null);
  const mutation = useMutation({
    mutationFn: ({ key, note }: { key: string; note: string }) =>
      put<Indicator>(`indicators/${encodeURIComponent(key)}/${year}`, { note }),
    onSuccess: ({ name }) => {
      queryClient.invalidateQueries({ queryKey: indicatorsQuery.queryKey });
      onSaved(w('take.saved', { name, year }));
    },
  });
  if (!indicators) return null;
  const measured = indicators.find((one) => one.channel !== undefined && channel?.includes(one.channel));
  const indicator = indicators.find(({ key }) => key === chosen) ?? measured ?? indicators[0];
  if (!indicator) return <p>{w('take.none')}</p>;

  const note = changed ?? noteWith(indicator.years[year]?.note, text);
  const tooLong = note.length > limits.commentLength;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (indicator && !tooLong) mutation.mutate({ key: indicator.key, note });
  }
  const { error } = mutation;
  const status = error instanceof ApiProblem ? error.status : 0;
  const problem =
    status === 404
      ? w('take.gone')
      : status === 403
        ? w('take.notAllowed')
        : status === 0
          ? t('problem.network')
          : t('problem.server', { status });

  return (
    <form className="kp-why__note" onSubmit={submit} noValidate>
      {error && <ErrorSummary title={t('form.errors')} errors={[{ text: problem }]} />}
      <div className="kp-why__choices">
        <Labelled id={`${id}-indicator`} label={w('take.indicator')}>
          <select
            id={`${id}-indicator`}
            className="utrecht-textbox kp-why__select"
            value={indicator.key}
            onChange={({ target }) => {
              setChosen(target.value);
              setChanged(null);
            }}
          >
            {indicators.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled id={`${id}-year`} label={w('take.year')}>
          <select
            id={`${id}-year`}
            className="utrecht-textbox kp-why__select"
            value={year}
            onChange={({ target }) => {
              setYear(target.value);
              setChanged(null);
            }}
          >
            {yearsOf(indicator, usual).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </Labelled>
      </div>
      <Labelled id={`${id}-note`} label={w('take.note')}>
        <div id={`${id}-help`} className="utrecht-form-field-description">
          {w('take.note.help')}
        </div>
        <textarea
          id={`${id}-note`}
          className="utrecht-textbox kp-why__text"
          aria-describedby={`${id}-help${tooLong ? ` ${id}-long` : ''}`}
          aria-invalid={tooLong || undefined}
          rows={7}
          value={note}
          onChange={({ target }) => setChanged(target.value)}
        />
        {tooLong && (
          <div id={`${id}-long`} className="utrecht-form-field-error-message" role="alert">
            {w('take.long', { n: limits.commentLength })}
          </div>
        )}
      </Labelled>
      <div className="kp-why__buttons">
        <button
          type="submit"
          className="utrecht-button utrecht-button--primary-action"
          disabled={mutation.isPending}
        >
          {w(mutation.isPending ? 'take.saving' : 'take.save')}
        </button>
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onCancel}>
          {w('take.cancel')}
        </button>
      </div>
    </form>
  );
}
