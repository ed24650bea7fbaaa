import { memo } from 'react';
import type { CommentItem } from '#shared/contract/comments.ts';
import type { ReactionWords } from './words.ts';

/** Drawn, because not every font has them: a rhomb, a triangle and a dot. */
const shapes = {
  aggression: 'M5 0 10 5 5 10 0 5Z',
  compliment: 'M5 1 10 9.5H0Z',
  improvement: 'M5 1a4 4 0 1 1 0 8 4 4 0 1 1 0-8Z',
} as const;

/** What a comment is, in words and a shape. */
export function Kinds({ item, w }: { item: CommentItem; w: ReactionWords['w'] }) {
  return item.kinds.map((kind) => (
    <span key={kind} className={`kp-reaction__kind kp-reaction__kind--${kind}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true" className="kp-reaction__shape">
        <path d={shapes[kind]} fill="currentColor" />
      </svg>
      {w(`kind.${kind}`)}
    </span>
  ));
}

/** The grade as it was given; a smiley is no grade. */
export function Given({ item, w }: { item: CommentItem; w: ReactionWords['w'] }) {
  return (
    <span className={`kp-reaction__grade${item.smiley === null ? '' : ' kp-reaction__grade--smiley'}`}>
      <span className="kp-hidden">
        {item.grade === null
          ? w('smileyOf', { smiley: item.smiley ?? '' })
          : w('gradeOf', { grade: item.grade })}
      </span>
      <span aria-hidden="true">{item.grade ?? `${item.smiley}/5`}</span>
    </span>
  );
}

export interface RowProps {
  item: CommentItem;
  /** Handed down: asked for in every row, they cost more than the row. */
  words: ReactionWords;
  names: { touchpoint: (key: string) => string; product: (key: string) => string };
  chosen: boolean;
  current: boolean;
  onChoose: (reference: string) => void;
  onOpen: (reference: string) => void;
}

/** One comment in the list; drawn once while the list scrolls. */
export const Row = memo(({ item, words, names, chosen, current, onChoose, onOpen }: RowProps) => {
  const { w, moment, theme, names: listed } = words;
  const { followUp } = item;
  const marks = (['voided', 'marked', 'trial'] as const).filter((mark) => item[mark]);
  const about = item.themes.filter((key) => key !== 'compliment' && key !== 'agressie');
  const where = [names.touchpoint(item.touchpoint), item.product && names.product(item.product)];
  return (
    <div className={`kp-reaction${current ? ' kp-reaction--current' : ''}`}>
      <input
        type="checkbox"
        className="kp-reaction__choose"
        aria-label={w('select')}
        checked={chosen}
        onChange={() => onChoose(item.reference)}
      />
      <Given item={item} w={w} />
      <div className="kp-reaction__body">
        <button
          type="button"
          className="kp-reaction__open"
          aria-pressed={current}
          onClick={() => onOpen(item.reference)}
        >
          {item.text}
        </button>
        <p className="kp-reaction__meta">
          <span>{where.filter(Boolean).join(' · ')}</span>
          <time dateTime={item.givenAt}>{moment(item.givenAt)}</time>
          {about.length > 0 && (
            <span>
              {w('mentions')} {listed(about.map(theme))}
            </span>
          )}
          <Kinds item={item} w={w} />
          {marks.map((mark) => (
            <span key={mark} className="kp-reaction__mark">
              {w(`mark.${mark}`)}
            </span>
          ))}
        </p>
      </div>
      <p className={`kp-reaction__status kp-reaction__status--${followUp.status}`}>
        {w(`status.${followUp.status}`)}
        {followUp.owner && <span className="kp-reaction__owner">{followUp.owner}</span>}
      </p>
    </div>
  );
});
