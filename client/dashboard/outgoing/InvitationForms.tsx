import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { InvitationRules } from '#shared/contract/invitations.ts';
import { moments } from '#shared/contract/lists.ts';
import { Field } from '../../ui/form/Field.tsx';
import { postText, put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { rulesQuery } from './queries.ts';
import { useOutgoingWords } from './words.ts';

export function RulesForm({ rules }: { rules: InvitationRules }) {
  const { w } = useOutgoingWords();
  const id = useId();
  const [rest, setRest] = useState(String(rules.quarantineDays));
  const [valid, setValid] = useState(String(rules.validDays));
  const [wrong, setWrong] = useState<{ rest?: string; valid?: string }>({});
  const { mutate, isPending, isError, isSuccess } = useMutation({
    mutationFn: (changed: InvitationRules) => put<InvitationRules>('invitations/rules', changed),
    onSuccess: (kept) => queryClient.setQueryData(rulesQuery.queryKey, kept),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const whole = (text: string, least: number) => /^\d{1,4}$/.test(text.trim()) && Number(text) >= least;
    const found = {
      ...(whole(rest, 0) ? {} : { rest: w('rules.wrong') }),
      ...(whole(valid, 1) ? {} : { valid: w('rules.wrong') }),
    };
    setWrong(found);
    const [first] = Object.keys(found);
    if (first) return document.getElementById(`${id}-${first}`)?.focus();
    mutate({ quarantineDays: Number(rest), validDays: Number(valid) });
  }
  return (
    <form className="kp-out__form" onSubmit={submit} noValidate>
      <Field
        id={`${id}-rest`}
        label={w('rules.quarantine')}
        description={w('rules.quarantine.help')}
        type="text"
        autoComplete="off"
        error={wrong.rest}
        value={rest}
        onChange={setRest}
      />
      <Field
        id={`${id}-valid`}
        label={w('rules.valid')}
        type="text"
        autoComplete="off"
        error={wrong.valid}
        value={valid}
        onChange={setValid}
      />
      <button type="submit" className="utrecht-button utrecht-button--secondary-action" disabled={isPending}>
        {w('save')}
      </button>
      <p role="status">{isSuccess ? w('saved') : isError ? w('notDone') : ''}</p>
    </form>
  );
}

interface Result {
  line: number;
  status: string;
  delivery?: string;
  errors?: { detail: string }[];
}

export function CsvForm() {
  const { w } = useOutgoingWords();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [moment, setMoment] = useState<string>(moments[1]);
  const [missing, setMissing] = useState(false);
  const { mutate, data, isPending, isError } = useMutation({
    mutationFn: async (chosen: File) =>
      postText<{ results: Result[] }>(
        'invitations/batch',
        { moment },
        { type: 'text/csv', text: await chosen.text() },
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['settings', 'outgoing'] }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(file === null);
    if (file) mutate(file);
    else document.getElementById(`${id}-file`)?.focus();
  }
  const results = data?.results ?? [];
  const spared = results.filter(({ delivery }) => delivery === 'quarantine' || delivery === 'unsubscribed');
  const rejected = results.filter(({ status }) => status === 'rejected');
  return (
    <form className="kp-out__form" onSubmit={submit} noValidate>
      <div className="kp-field">
        <label className="utrecht-form-label" htmlFor={`${id}-file`}>
          {w('csv.label')}
        </label>
        <p id={`${id}-help`} className="utrecht-form-field-description">
          {w('csv.help')}
        </p>
        {missing && (
          <p id={`${id}-missing`} className="utrecht-form-field-error-message">
            {w('csv.choose')}
          </p>
        )}
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,text/csv"
          aria-describedby={`${id}-help${missing ? ` ${id}-missing` : ''}`}
          onChange={({ target }) => setFile(target.files?.[0] ?? null)}
        />
      </div>
      <div className="kp-field">
        <label className="utrecht-form-label" htmlFor={`${id}-moment`}>
          {w('csv.moment')}
        </label>
        <select
          id={`${id}-moment`}
          className="utrecht-textbox utrecht-textbox--html-input"
          value={moment}
          onChange={({ target }) => setMoment(target.value)}
        >
          {moments.map((one) => (
            <option key={one} value={one}>
              {w(`moment.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="utrecht-button utrecht-button--primary-action" disabled={isPending}>
        {w('csv.send')}
      </button>
      <div role="status">
        {isError && <p>{w('notDone')}</p>}
        {data && (
          <p>
            {w('csv.done', {
              accepted: results.length - spared.length - rejected.length,
              spared: spared.length,
              rejected: rejected.length,
            })}
          </p>
        )}
        <ul>
          {rejected.slice(0, 20).map(({ line, errors }) => (
            <li key={line}>{w('csv.line', { line, detail: errors?.[0]?.detail ?? '' })}</li>
          ))}
        </ul>
      </div>
    </form>
  );
}
