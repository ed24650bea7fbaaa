import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Retention, RetentionRun, RetentionState } from '#shared/contract/privacy.ts';
import { ApiProblem, get, post, put } from '../api/client.ts';
import { usePrivacyWords } from './words.ts';

const names = [
  ...(['commentMonths', 'ratingMonths', 'firstPostDays'] as const),
  ...(['auditMonths', 'invitationDays', 'backupDays'] as const),
];
const sumOf = ({ removed }: RetentionRun) => Object.values(removed).reduce((sum, rows) => sum + rows, 0);

/** The periods as they are or as somebody tries them, and what each would remove. */
export function Periods({ state, onChange }: { state: RetentionState; onChange: () => void }) {
  const { w, formats } = usePrivacyWords();
  const [periods, setPeriods] = useState<Record<keyof Retention, string>>(
    () => Object.fromEntries(names.map((name) => [name, String(state.periods[name])])) as never,
  );
  const [shown, setShown] = useState(state);
  const [done, setDone] = useState('');
  const [sure, setSure] = useState(false);
  const chosen = () => Object.fromEntries(names.map((name) => [name, Number(periods[name])]));
  const preview = useMutation({
    mutationFn: () => get<RetentionState>('privacy/retention', { ...periods }),
    onSuccess: setShown,
  });
  const save = useMutation({
    mutationFn: () => put<RetentionState>('privacy/retention', chosen()),
    onSuccess: (saved) => {
      setShown(saved);
      setDone(w('periods.saved'));
      onChange();
    },
  });
  const run = useMutation({
    mutationFn: () => post<RetentionRun>('privacy/retention-runs', {}),
    onSuccess: async (finished) => {
      setSure(false);
      setDone(w('run.done', { rows: formats.whole(sumOf(finished)) }));
      setShown(await get<RetentionState>('privacy/retention'));
      onChange();
    },
  });
  const error = save.error ?? preview.error ?? run.error;
  const errors = error instanceof ApiProblem ? error.errors : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDone('');
    save.mutate();
  };
  return (
    <>
      <form onSubmit={submit} noValidate>
        <div className="kp-privacy__fields">
          {names.map((name) => {
            const wrong = errors.find(({ pointer }) => pointer === `/${name}`);
            return (
              <div key={name} className="utrecht-form-field">
                <label className="utrecht-form-label" htmlFor={`period-${name}`}>
                  {w(name)}
                </label>
                {wrong && (
                  <div id={`period-${name}-error`} className="utrecht-form-field-error-message">
                    {wrong.detail}
                  </div>
                )}
                <input
                  id={`period-${name}`}
                  className="utrecht-textbox utrecht-textbox--html-input kp-privacy__number"
                  inputMode="numeric"
                  value={periods[name]}
                  aria-invalid={wrong ? true : undefined}
                  aria-describedby={wrong ? `period-${name}-error` : undefined}
                  onChange={({ target }) => setPeriods({ ...periods, [name]: target.value })}
                />
              </div>
            );
          })}
        </div>
        {error && errors.length === 0 && (
          <p className="kp-privacy__wrong" role="alert">
            {w('notSaved')}
          </p>
        )}
        <p className="kp-privacy__buttons">
          <button type="submit" className="utrecht-button utrecht-button--primary-action">
            {w('periods.save')}
          </button>
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={() => preview.mutate()}
          >
            {w('periods.preview')}
          </button>
        </p>
      </form>
      <p className="kp-privacy__done" role="status">
        {done}
      </p>
      <table className="kp-privacy__table">
        <caption>{w('periods.expiring')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('kind')}</th>
            <th scope="col">{w('before')}</th>
            <th scope="col">{w('rows')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.expiring.map(({ kind, before, rows }) => (
            <tr key={kind}>
              <th scope="row">{w(kind)}</th>
              <td>{formats.date(before)}</td>
              <td>{formats.whole(rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="kp-privacy__note">
        {shown.lastRun
          ? w('run.last', { date: formats.date(shown.lastRun.at), rows: formats.whole(sumOf(shown.lastRun)) })
          : w('run.never')}
      </p>
      {sure ? (
        <div className="kp-privacy__buttons" role="alert">
          <span>{w('run.sure')}</span>
          <button
            type="button"
            className="utrecht-button utrecht-button--primary-action"
            disabled={run.isPending}
            onClick={() => run.mutate()}
          >
            {w('run.yes')}
          </button>
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={() => setSure(false)}
          >
            {w('run.no')}
          </button>
        </div>
      ) : (
        <p className="kp-privacy__buttons">
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={() => setSure(true)}
          >
            {w('run.now')}
          </button>
        </p>
      )}
    </>
  );
}
