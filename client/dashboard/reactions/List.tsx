import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, useEffect, useRef } from 'react';
import type { CommentItem } from '#shared/contract/comments.ts';
import { Row, type RowProps } from './Row.tsx';
import { useReactionWords } from './words.ts';

export interface ListProps {
  items: readonly CommentItem[];
  found: number | null;
  current: string | null;
  chosen: ReadonlySet<string>;
  names: RowProps['names'];
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
  onChoose: (reference: string) => void;
  onOpen: (reference: string) => void;
}

/** So many comments before the end the next page is fetched. */
const ahead = 15;

interface PlacedRowProps extends RowProps {
  index: number;
  /** Pixels from the top of the feed. */
  start: number;
  /** How many there are, -1 when nobody counted. */
  of: number;
  measure: (element: HTMLElement | null) => void;
}

/** A row at its place; those that stay are not made again when another comes in. */
const PlacedRow = memo(({ index, start, of, measure, ...row }: PlacedRowProps) => (
  <article
    ref={measure}
    data-index={index}
    className="kp-reactions__item"
    style={{ '--kp-at': `${start}px` } as CSSProperties}
    aria-posinset={index + 1}
    aria-setsize={of}
    aria-label={row.item.text.slice(0, 80)}
  >
    <Row {...row} />
  </article>
));

/** Only what is in sight is in the page, as a feed: who reads with a screen reader hears how many there are. */
export const List = memo((props: ListProps) => {
  const { items, found, current, chosen, names, hasMore, loadingMore, onMore, onChoose, onOpen } = props;
  const words = useReactionWords();
  const { w } = words;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 92,
    overscan: 8,
    // Scrolling goes on while rows are made.
    useFlushSync: false,
    getItemKey: (index) => items[index]!.reference,
  });
  const rows = virtual.getVirtualItems();
  const of = found !== null && found <= 1000 ? Math.max(found, items.length) : -1;
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= items.length - ahead) onMore();
  }, [hasMore, loadingMore, last, items.length, onMore]);
  const place = items.findIndex(({ reference }) => reference === current);
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [place, virtual]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section ref={scroller} className="kp-reactions__scroller" tabIndex={0} aria-label={w('title')}>
      <div
        role="feed"
        aria-busy={loadingMore}
        aria-label={w('title')}
        className="kp-reactions__feed"
        style={{ '--kp-feed': `${virtual.getTotalSize()}px` } as CSSProperties}
      >
        {rows.map(({ key, index, start }) => {
          const item = items[index]!;
          return (
            <PlacedRow
              key={key}
              {...{ index, start, of, item, words, names, onChoose, onOpen }}
              measure={virtual.measureElement}
              chosen={chosen.has(item.reference)}
              current={item.reference === current}
            />
          );
        })}
      </div>
    </section>
  );
});
