import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { CommentForwarding } from '#shared/contract/comments.ts';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { put } from '../api/client.ts';
import { queryClient } from '../api/queries.ts';
import { themesQuery } from './queries.ts';
import { useReactionWords } from './words.ts';

/** The address for threats, where an administrator misses it: beside a threat. */
export function Forwarding({ address }: { address: string | null }) {
  const { w } = useReactionWords();
  const id = useId();
  const [typed, setTyped] = useState(address ?? '');
  const save = useMutation({
    mutationFn: () => put<CommentForwarding>('comment-forwarding', { forwardingTo: typed.trim() || null }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: themesQuery.queryKey }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <details className="kp-detail__address">
      <summary>{w('forward.address')}</summary>
      <form className="kp-detail__form" onSubmit={submit} noValidate>
        <label htmlFor={id}>{w('forward.address.label')}</label>
        <input
          id={id}
          type="email"
          autoComplete="off"
          className="utrecht-textbox"
          aria-invalid={save.isError || undefined}
          aria-describedby={`${id}-said`}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <FormButtons
          quiet
          submit={w('save')}
          busy={save.isPending}
          saidId={`${id}-said`}
          said={save.isError ? w('forward.address.wrong') : save.isSuccess ? w('saved') : ''}
        />
      </form>
    </details>
  );
}
