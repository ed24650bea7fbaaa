import { type KeyboardEvent, type PointerEvent, useState } from 'react';

/**
 * Reading a chart position by position, with the pointer or with the arrow keys: the same words for both.
 * To assistive technology the chart is a slider over its positions.
 */
export function useReadout(count: number, label: string, describe: (index: number) => string) {
  const [index, setIndex] = useState<number | null>(null);
  const last = count - 1;
  const at = index === null || last < 0 ? null : Math.min(index, last);

  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    setIndex(Math.max(0, Math.min(last, Math.floor(share * count))));
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const from = at ?? last;
    const moves: Record<string, number> = {
      ArrowRight: Math.min(last, from + 1),
      ArrowUp: Math.min(last, from + 1),
      ArrowLeft: Math.max(0, from - 1),
      ArrowDown: Math.max(0, from - 1),
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (event.key === 'Escape') setIndex(null);
    if (to === undefined) return;
    event.preventDefault();
    setIndex(to);
  }

  const spoken = at ?? last;
  const chart = {
    role: 'slider',
    tabIndex: 0,
    'aria-label': label,
    'aria-orientation': 'horizontal',
    'aria-readonly': true,
    'aria-valuemin': 1,
    'aria-valuemax': Math.max(1, count),
    'aria-valuenow': spoken + 1,
    'aria-valuetext': describe(spoken),
    onPointerMove,
    onPointerLeave: () => setIndex(null),
    onFocus: () => setIndex((known) => known ?? last),
    onBlur: () => setIndex(null),
    onKeyDown,
  } as const;
  return { at, words: at === null ? null : describe(at), chart };
}
