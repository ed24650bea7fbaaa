import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { CommentItem } from '#shared/contract/comments.ts';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { post, remove } from '../api/client.ts';
import { show } from './useInbox.ts';
import { useReactionWords } from './words.ts';

/** Takes a rating out of the figures, with a reason, and puts it back. */
export function Voiding({ item }: { item: CommentItem }) {
  const { w } = useReactionWords();
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const address = `ratings/${item.reference}/void`;
  const change = useMutation({
    mutationFn: () => (item.voided ? remove(address) : post(address, { reason })),
    onSuccess: () => {
      show({ ...item, voided: !item.voided });
      setAsking(false);
      setReason('');
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim()) change.mutate();
  }
  if (item.voided || !asking)
    return (
      <div className="kp-detail__more">
        <button
          type="button"
          className="kp-quiet"
          disabled={change.isPending}
          onClick={() => (item.voided ? change.mutate() : setAsking(true))}
        >
          {w(item.voided ? 'void.undo' : 'void.do')}
        </button>
        <p role="status">{change.isError ? w('failed') : ''}</p>
      </div>
    );
  return (
    <form className="kp-detail__form kp-detail__more" onSubmit={submit} noValidate>
      <label htmlFor={id}>{w('void.reason')}</label>
      <input
        id={id}
        className="utrecht-textbox"
        maxLength={500}
        required
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <FormButtons
        submit={w('void.confirm')}
        busy={change.isPending}
        said={change.isError ? w('failed') : ''}
      >
        <button
          type="button"
          className="utrecht-button utrecht-button--secondary-action"
          onClick={() => setAsking(false)}
        >
          {w('void.cancel')}
        </button>
      </FormButtons>
    </form>
  );
}
