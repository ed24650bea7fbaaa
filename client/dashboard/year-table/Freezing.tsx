import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { YearTable } from '#shared/contract/year-table.ts';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { post } from '../api/client.ts';
import { forgetYears, historyQuery } from './queries.ts';
import { useYearWords } from './words.ts';

/** A question before something that matters; the focus goes in and comes back. */
function Confirm({
  open,
  title,
  action,
  children,
  onClose,
  onConfirm,
}: {
  open: boolean;
  title: string;
  action: string;
  children: ReactNode;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { w } = useYearWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  function submit(event: FormEvent) {
    event.preventDefault();
    onConfirm();
  }
  return (
    <dialog ref={dialog} className="kp-year__dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <form onSubmit={submit}>
        {children}
        <FormButtons submit={action}>
          <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onClose}>
            {w('cancel')}
          </button>
        </FormButtons>
      </form>
    </dialog>
  );
}

/** Freezes the table of a year, or opens it again, and shows what happened before. */
export function Freezing({
  year,
  frozen,
  mayDecide,
  running,
}: {
  year: number;
  frozen: YearTable | null;
  mayDecide: boolean;
  running: boolean;
}) {
  const { w, date } = useYearWords();
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { data: history } = useQuery(historyQuery(year));
  const decide = useMutation({
    mutationFn: () =>
      frozen ? post(`year-tables/${frozen.id}/reopenings`, { reason }) : post('year-tables', { year }),
    onSuccess: () => {
      setAsking(false);
      setReason('');
      forgetYears();
    },
  });
  const past = (history?.items ?? []).flatMap((table) => [
    ...(table.reopenedAt
      ? [
          w('history.reopened', {
            date: date(table.reopenedAt),
            name: table.reopenedBy ?? '',
            reason: table.reason ?? '',
          }),
        ]
      : []),
    w('history.frozen', { date: date(table.frozenAt), name: table.frozenBy }),
  ]);
  return (
    <section className="kp-year__frozen">
      {frozen ? (
        <>
          <p>
            <strong>{w('frozen', { date: date(frozen.frozenAt), name: frozen.frozenBy })}</strong>
            {' · '}
            <span className={frozen.verified ? undefined : 'kp-year__met--no'}>
              {w(frozen.verified ? 'verified' : 'broken')}
            </span>
          </p>
          <p className="kp-year__hash">{w('hash', { hash: frozen.hash })}</p>
        </>
      ) : (
        <p className="kp-year__fact">{w('draft')}</p>
      )}
      {mayDecide && (
        <button
          type="button"
          className={`utrecht-button kp-screen ${frozen ? 'utrecht-button--secondary-action' : 'utrecht-button--primary-action'}`}
          onClick={() => setAsking(true)}
        >
          {frozen ? w('reopen') : w('freeze', { year })}
        </button>
      )}
      <p role="status">{decide.isError ? w('save.failed') : ''}</p>
      {past.length > 0 && (
        <details className="kp-screen kp-year__history">
          <summary>{w('history')}</summary>
          <ol>
            {past.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </details>
      )}
      <Confirm
        open={asking}
        title={w(frozen ? 'reopen.title' : 'freeze.title', { year })}
        action={w(frozen ? 'reopen.do' : 'freeze.do')}
        onClose={() => setAsking(false)}
        onConfirm={() => (!frozen || reason.trim()) && decide.mutate()}
      >
        {frozen ? (
          <div className="kp-year__field">
            <label htmlFor={id}>{w('reopen.reason')}</label>
            <input
              id={id}
              className="utrecht-textbox"
              required
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
        ) : (
          <>
            <p>{w('freeze.words')}</p>
            {running && (
              <p>
                <strong>{w('freeze.running')}</strong>
              </p>
            )}
          </>
        )}
      </Confirm>
    </section>
  );
}
