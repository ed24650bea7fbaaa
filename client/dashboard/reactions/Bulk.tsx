import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { CommentItem, CommentsPatched, FollowUpStatus } from '#shared/contract/comments.ts';
import { followUpStatuses, mostAtOnce } from '#shared/contract/lists.ts';
import { patch } from '../api/client.ts';
import { show } from './useInbox.ts';
import { useReactionWords } from './words.ts';

/** One follow-up for all that were chosen. What a colleague changed meanwhile stays chosen. */
export function Bulk({
  items,
  onLeft,
}: {
  items: readonly CommentItem[];
  onLeft: (references: string[]) => void;
}) {
  const { w, whole } = useReactionWords();
  const id = useId();
  const [status, setStatus] = useState<FollowUpStatus | ''>('');
  const [owner, setOwner] = useState('');
  const [done, setDone] = useState('');
  const apply = useMutation({
    mutationFn: () => {
      const change = { ...(status && { status }), ...(owner && { owner }), ...(done && { done }) };
      const named = items
        .slice(0, mostAtOnce)
        .map(({ reference, followUp: { version } }) => ({ reference, version }));
      return patch<CommentsPatched>('comments', { items: named, change });
    },
    onSuccess: ({ changed, conflicts }) => {
      for (const item of [...changed, ...conflicts]) show(item);
      onLeft(conflicts.map(({ reference }) => reference));
    },
  });
  const { data } = apply;
  const said = data
    ? [
        w('bulk.changed', { n: whole(data.changed.length) }),
        ...(data.conflicts.length > 0 ? [w('bulk.conflicts', { n: whole(data.conflicts.length) })] : []),
      ].join(' ')
    : apply.isError
      ? w('failed')
      : '';
  function submit(event: FormEvent) {
    event.preventDefault();
    if (status || owner || done) apply.mutate();
  }
  return (
    <>
      {items.length > 0 && (
        <form className="kp-bulk" aria-label={w('bulk.label')} onSubmit={submit}>
          <strong>{items.length === 1 ? w('bulk.one') : w('bulk.some', { n: whole(items.length) })}</strong>
          <label htmlFor={`${id}-status`} className="kp-hidden">
            {w('bulk.status')}
          </label>
          <select
            id={`${id}-status`}
            className="utrecht-textbox"
            value={status}
            onChange={({ target }) => setStatus(target.value as FollowUpStatus | '')}
          >
            <option value="">{w('bulk.keep')}</option>
            {followUpStatuses.map((one) => (
              <option key={one} value={one}>
                {w(`status.${one}`)}
              </option>
            ))}
          </select>
          <input
            className="utrecht-textbox"
            aria-label={w('field.owner')}
            placeholder={w('field.owner')}
            maxLength={100}
            value={owner}
            onChange={({ target }) => setOwner(target.value)}
          />
          <input
            className="utrecht-textbox kp-bulk__done"
            aria-label={w('field.done')}
            placeholder={w('field.done')}
            maxLength={2000}
            value={done}
            onChange={({ target }) => setDone(target.value)}
          />
          <button
            type="submit"
            className="utrecht-button utrecht-button--primary-action"
            disabled={apply.isPending}
          >
            {w('bulk.apply')}
          </button>
          <button type="button" className="kp-quiet" onClick={() => onLeft([])}>
            {w('bulk.clear')}
          </button>
        </form>
      )}
      <p role="status" className="kp-bulk__said">
        {said}
      </p>
    </>
  );
}
