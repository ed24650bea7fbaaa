import type { CommentItem } from '#shared/contract/comments.ts';
import { useReactionWords } from './words.ts';

/** A colleague was first: how it is now, beside what somebody is still writing. Nothing is lost. */
export function Conflict({
  now,
  onTake,
  onKeep,
}: {
  now: CommentItem;
  onTake: () => void;
  onKeep: () => void;
}) {
  const { w } = useReactionWords();
  const { status, owner, note, done, changedBy } = now.followUp;
  const lines = [
    [w('field.status'), w(`status.${status}`)],
    [w('field.owner'), owner],
    [w('field.note'), note],
    [w('field.done'), done],
  ] as const;
  return (
    <div className="kp-conflict" role="alert">
      <h3 className="kp-conflict__title">{w('conflict.title', { name: changedBy ?? '' })}</h3>
      <p>{w('conflict.words')}</p>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || w('empty')}</dd>
          </div>
        ))}
      </dl>
      <div className="kp-form__buttons">
        <button type="button" className="utrecht-button utrecht-button--primary-action" onClick={onKeep}>
          {w('conflict.keep')}
        </button>
        <button type="button" className="utrecht-button utrecht-button--secondary-action" onClick={onTake}>
          {w('conflict.take')}
        </button>
      </div>
    </div>
  );
}
