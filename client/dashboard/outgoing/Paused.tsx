import { useMutation } from '@tanstack/react-query';
import type { Outgoing } from '#shared/contract/outgoing.ts';
import { Notice } from '../../ui/states/Notice.tsx';
import { patch } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { outgoingQuery } from './queries.ts';
import { useOutgoingWords } from './words.ts';

/** After a restore nothing goes out until somebody decides what becomes of what waits. */
export function Paused({ outgoing }: { outgoing: Outgoing }) {
  const { w } = useOutgoingWords();
  const { mutate, isPending, isError } = useMutation({
    mutationFn: (change: { paused: boolean; discard?: string[] }) => patch<Outgoing>('outgoing', change),
    onSuccess: (state) => queryClient.setQueryData(outgoingQuery.queryKey, state),
  });
  const button = (words: string, change: { paused: boolean; discard?: string[] }, primary = false) => (
    <button
      type="button"
      className={`utrecht-button utrecht-button--${primary ? 'primary' : 'secondary'}-action`}
      disabled={isPending}
      onClick={() => mutate(change)}
    >
      {words}
    </button>
  );
  const wrong = isError && <p role="alert">{w('notDone')}</p>;
  if (!outgoing.paused)
    return (
      <p className="kp-out__pause kp-screen">
        {button(w('pause'), { paused: true })}
        {wrong}
      </p>
    );
  return (
    <Notice
      heading="h2"
      title={w('paused.title')}
      action={
        <span className="kp-out__actions">
          {button(w('paused.release'), { paused: false }, true)}
          {button(w('paused.discard'), { paused: false, discard: ['mail', 'webhooks'] })}
          {wrong}
        </span>
      }
    >
      {w('paused.words', {
        mail: outgoing.mail.waiting ?? 0,
        webhooks: outgoing.deliveries.waiting ?? 0,
      })}
    </Notice>
  );
}
