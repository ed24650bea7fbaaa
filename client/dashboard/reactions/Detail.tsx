import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { CommentItem, FollowUpStatus } from '#shared/contract/comments.ts';
import { followUpStatuses } from '#shared/contract/lists.ts';
import { may } from '#shared/contract/permissions.ts';
import { FormButtons } from '../../ui/form/FormButtons.tsx';
import { ApiProblem, patch, post } from '../api/client.ts';
import { Conflict } from './Conflict.tsx';
import { Forwarding } from './Forwarding.tsx';
import { themesQuery } from './queries.ts';
import { Given, Kinds } from './Row.tsx';
import { show, takeOut } from './useInbox.ts';
import { Voiding } from './Voiding.tsx';
import { useReactionWords } from './words.ts';

export interface Filled {
  status: FollowUpStatus;
  owner: string;
  note: string;
  done: string;
}
const filledOf = ({ followUp: { status, owner, note, done } }: CommentItem): Filled => ({
  ...{ status, owner: owner ?? '', note: note ?? '', done: done ?? '' },
});
const fields = ['status', 'owner', 'note', 'done'] as const;

export interface DetailProps {
  account: Account;
  item: CommentItem;
  onBack: () => void;
}

/** One comment whole, with what is done about it. What somebody is writing is never replaced by what a colleague saved. */
export function Detail({ account, item, onBack }: DetailProps) {
  const { w, moment } = useReactionWords();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data: themes } = useQuery(themesQuery);
  const [base, setBase] = useState(item);
  const [filled, setFilled] = useState<Filled>(() => filledOf(item));
  const [said, setSaid] = useState('');
  const dirty = fields.some((field) => filled[field] !== filledOf(base)[field]);
  const newer = item.followUp.version > base.followUp.version;
  useEffect(() => {
    // Nobody was writing: the form follows what a colleague did.
    if (newer && !dirty) {
      setBase(item);
      setFilled(filledOf(item));
    }
  }, [newer, dirty, item]);

  const saved = (now: CommentItem) => {
    show(now);
    setBase(now);
    setFilled(filledOf(now));
    setSaid(w('saved'));
  };
  const failed = (error: unknown) => {
    const status = error instanceof ApiProblem ? error.status : 0;
    if (status === 404) takeOut(item.reference);
    if (status === 409 && error instanceof ApiProblem && error.current) show(error.current as CommentItem);
    else setSaid(w(status === 404 ? 'gone' : 'failed'));
  };
  const save = useMutation({
    mutationFn: (version: number) => {
      const was = filledOf(base);
      // Only what was filled in here is sent, so that a colleague's other fields stay.
      const change = Object.fromEntries(
        fields.filter((field) => filled[field] !== was[field]).map((field) => [field, filled[field]]),
      );
      return patch<CommentItem>(`comments/${item.reference}`, { version, ...change });
    },
    onSuccess: saved,
    onError: failed,
  });
  const forward = useMutation({
    mutationFn: () => post<CommentItem>(`comments/${item.reference}/forwardings`, {}),
    onSuccess: saved,
    onError: failed,
  });
  const set = (change: Partial<Filled>) => {
    setSaid('');
    setFilled({ ...filled, ...change });
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(base.followUp.version);
  }
  const { followUp } = item;

  return (
    <section className="kp-detail" aria-labelledby={`${id}-title`}>
      <button type="button" className="kp-quiet kp-detail__back" onClick={onBack}>
        {w('detail.back')}
      </button>
      <h2 id={`${id}-title`} ref={heading} tabIndex={-1} className="kp-hidden">
        {w('detail.label')}
      </h2>
      <div className="kp-detail__comment">
        <Given item={item} w={w} />
        <blockquote className="kp-detail__text">{item.text}</blockquote>
        <p className="kp-reaction__meta">
          <time dateTime={item.givenAt}>{moment(item.givenAt)}</time>
          <Kinds item={item} w={w} />
        </p>
      </div>
      {newer && dirty && (
        <Conflict
          now={item}
          onTake={() => {
            setBase(item);
            setFilled(filledOf(item));
          }}
          onKeep={() => save.mutate(item.followUp.version)}
        />
      )}
      <form className="kp-detail__form" onSubmit={submit} noValidate>
        <label htmlFor={`${id}-status`}>{w('field.status')}</label>
        <select
          id={`${id}-status`}
          className="utrecht-textbox"
          value={filled.status}
          onChange={({ target }) => set({ status: target.value as FollowUpStatus })}
        >
          {followUpStatuses.map((status) => (
            <option key={status} value={status}>
              {w(`status.${status}`)}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-owner`}>{w('field.owner')}</label>
        <div className="kp-detail__owner">
          <input
            id={`${id}-owner`}
            className="utrecht-textbox"
            maxLength={100}
            value={filled.owner}
            onChange={({ target }) => set({ owner: target.value })}
          />
          <button
            type="button"
            className="utrecht-button utrecht-button--secondary-action"
            onClick={() =>
              set({ owner: account.name, ...(filled.status === 'new' ? { status: 'in-progress' } : {}) })
            }
          >
            {w('field.owner.me')}
          </button>
        </div>
        <label htmlFor={`${id}-note`}>{w('field.note')}</label>
        <textarea
          id={`${id}-note`}
          className="utrecht-textbox"
          rows={2}
          maxLength={2000}
          value={filled.note}
          onChange={({ target }) => set({ note: target.value })}
        />
        <label htmlFor={`${id}-done`}>{w('field.done')}</label>
        <textarea
          id={`${id}-done`}
          className="utrecht-textbox"
          aria-describedby={`${id}-done-help`}
          rows={3}
          maxLength={2000}
          value={filled.done}
          onChange={({ target }) => set({ done: target.value })}
        />
        <p id={`${id}-done-help`} className="kp-detail__help">
          {w('field.done.help')}
        </p>
        <FormButtons submit={w(save.isPending ? 'saving' : 'save')} busy={save.isPending} said={said} />
        {followUp.changedBy && followUp.changedAt && (
          <p className="kp-detail__help">
            {w('changedBy', { name: followUp.changedBy, time: moment(followUp.changedAt) })}
          </p>
        )}
      </form>
      {item.kinds.includes('aggression') && (
        <div className="kp-detail__more">
          {themes?.forwardingTo ? (
            <button
              type="button"
              className="utrecht-button utrecht-button--secondary-action"
              aria-describedby={`${id}-forward`}
              disabled={forward.isPending}
              onClick={() => forward.mutate()}
            >
              {w('forward.do')}
            </button>
          ) : null}
          <p id={`${id}-forward`} className="kp-detail__help">
            {followUp.forwardedAt
              ? w('forward.done', { time: moment(followUp.forwardedAt) })
              : themes?.forwardingTo
                ? w('forward.help', { address: themes.forwardingTo })
                : w('forward.none')}
          </p>
          {themes && may(account.role, 'administration') && (
            <Forwarding key={themes.forwardingTo} address={themes.forwardingTo} />
          )}
        </div>
      )}
      {may(account.role, 'void') && <Voiding item={item} />}
    </section>
  );
}
