import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useRef } from 'react';
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

/** Only what is in sight is in the page, as a feed: who reads with a screen reader hears how many there are. */
export function List(props: ListProps) {
  const { items, found, current, chosen, names, hasMore, loadingMore, onMore, onChoose, onOpen } = props;
  const { w } = useReactionWords();
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
            <article
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="kp-reactions__item"
              style={{ '--kp-at': `${start}px` } as CSSProperties}
              aria-posinset={index + 1}
              aria-setsize={found !== null && found <= 1000 ? Math.max(found, items.length) : -1}
              aria-label={item.text.slice(0, 80)}
            >
              <Row
                item={item}
                names={names}
                chosen={chosen.has(item.reference)}
                current={item.reference === current}
                onChoose={onChoose}
                onOpen={onOpen}
              />
            </article>
          );
        })}
      </div>
    </section>
  );
}
