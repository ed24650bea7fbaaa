import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, useId } from 'react';
import type { Account } from '#shared/contract/access.ts';
import { may } from '#shared/contract/permissions.ts';
import type { Signal, SignalChange } from '#shared/contract/signals.ts';
import { dateOfDay, dayOf } from '#shared/core/calendar.ts';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { patch } from '../api/client.ts';
import { queryClient, signalsQuery } from '../api/queries.ts';
import { courseOf, whyOf } from './links.ts';
import { useSignalWords } from './words.ts';

/** What fell, since when, and what was done about it. */
export function SignalRow({
  signal,
  account,
  onChanged,
}: {
  signal: Signal;
  account: Account;
  onChanged: (words: string) => void;
}) {
  const words = useSignalWords();
  const { w, grade, whole, date, time } = words;
  const search = useSearch({ from: '__root__' });
  const id = useId();
  const open = signal.status === 'open';
  const mutation = useMutation({
    mutationFn: (change: SignalChange) => patch<Signal>(`signals/${signal.id}`, change),
    onSuccess: (changed) => {
      queryClient.setQueryData<Signal[]>(signalsQuery.queryKey, (known) =>
        known?.map((each) => (each.id === changed.id ? changed : each)),
      );
      onChanged(w('changed', { name: signal.label }));
    },
    onError: () => onChanged(w('change.failed')),
  });
  const noon = (day: string) => `${day}T12:00:00Z`;
  const state = [
    signal.acknowledgedAt && w('acknowledged', { date: date(signal.acknowledgedAt) }),
    signal.snoozedUntil && w('snoozed', { date: date(noon(signal.snoozedUntil)) }),
    signal.settledAt && w('settled.at', { date: date(signal.settledAt) }),
  ].filter(Boolean);

  function snooze(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const day = String(new FormData(event.currentTarget).get('until'));
    if (day) mutation.mutate({ snoozedUntil: day });
  }

  return (
    <li className="kp-signal">
      <h3 className="kp-signal__name">
        {signal.label} <span className="kp-signal__scope">{w(signal.scope)}</span>
      </h3>
      <p className="kp-signal__fall">
        <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
          <path d="M0 1h12L6 11z" fill="currentColor" />
        </svg>
        {w('fell', { before: grade(signal.meanBefore), since: grade(signal.meanSince) })}
      </p>
      <p className="kp-signal__seen">
        {w('seen', {
          date: date(signal.since),
          nSince: whole(signal.nSince),
          nBefore: whole(signal.nBefore),
        })}{' '}
        {w('raised', { date: date(signal.raisedAt), time: time(Date.parse(signal.raisedAt)) })}
        {state.length > 0 && <strong> {state.join(' · ')}</strong>}
      </p>
      <p className="kp-signal__links kp-screen">
        <Link to="/waarom" search={whyOf(signal, search)}>
          {w('why')}
          <span className="kp-hidden"> {signal.label}</span>
        </Link>
        <Link to="/verloop" search={courseOf(signal, search)}>
          {w('course')}
          <span className="kp-hidden"> {signal.label}</span>
        </Link>
      </p>
      {open && may(account.role, 'comments') && (
        <div className="kp-signal__actions kp-screen">
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            disabled={mutation.isPending}
            onClick={() => mutation.mutate({ acknowledged: signal.acknowledgedAt === undefined })}
          >
            {w(signal.acknowledgedAt === undefined ? 'acknowledge' : 'acknowledge.undo')}
          </button>
          {signal.snoozedUntil === undefined ? (
            <form className="kp-signal__snooze" onSubmit={snooze}>
              <label className="utrecht-form-label" htmlFor={id}>
                {w('snooze')}
              </label>
              <input
                id={id}
                type="date"
                name="until"
                className="utrecht-textbox utrecht-textbox--html-input"
                min={dateOfDay(dayOf(Date.now()) + 1)}
                defaultValue={dateOfDay(dayOf(Date.now()) + 14)}
              />
              <FormButtons quiet submit={w('snooze.do')} busy={mutation.isPending} />
            </form>
          ) : (
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              onClick={() => mutation.mutate({ snoozedUntil: null })}
            >
              {w('snooze.undo')}
            </button>
          )}
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            disabled={mutation.isPending}
            onClick={() => mutation.mutate({ status: 'settled' })}
          >
            {w('settle')}
          </button>
        </div>
      )}
    </li>
  );
}
