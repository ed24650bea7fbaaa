import { mouths } from '#shared/messages/faces.ts';
import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h, svg } from './dom.ts';
import type { Words } from './place.ts';

type ScaleWords = Pick<Words, 'scale' | 'lowest' | 'highest'>;

/** The face of a smiley, or the figure of a grade. */
export function mark(scale: Words['scale'], value: number): Node {
  if (scale === 'grade') return h('span', { 'aria-hidden': 'true' }, String(value));
  const eye = (cx: number) => svg('circle', { class: 'eye', cx, cy: 9.5, r: 1.3 });
  return svg(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    svg('circle', { cx: 12, cy: 12, r: 10 }),
    eye(8.5),
    eye(15.5),
    svg('path', { d: mouths[value - 1] ?? '' }),
  );
}

export const smileyWord = (language: Language, smiley: number): string =>
  catalogueOf(language).rating[`smiley${smiley}` as 'smiley1'];

/** Ten numbers or five faces, as radio buttons. The arrow keys only move; a press, Space or Enter chooses. */
export function scaleOf(
  language: Language,
  { scale, lowest, highest }: ScaleWords,
  legend: Node,
  chosen: number | undefined,
  choose: (value: number) => void,
): HTMLElement {
  const { spoken, spokenSmiley } = catalogueOf(language).rating;
  const smileys = scale === 'smiley';
  const targets = Array.from({ length: smileys ? 5 : 10 }, (_, index) => {
    const value = index + 1;
    const end = value === 1 ? `, ${lowest}` : value === 10 ? `, ${highest}` : '';
    const label = smileys
      ? fill(spokenSmiley, { smiley: value, word: smileyWord(language, value) })
      : fill(spoken, { grade: value }) + end;
    return h(
      'label',
      { class: 'target' },
      h('input', { type: 'radio', name: 'grade', value, checked: value === chosen, 'aria-label': label }),
      mark(scale, value),
      smileys && h('span', { class: 'word', 'aria-hidden': 'true' }, smileyWord(language, value)),
    );
  });

  // Browsers report a move by arrow key as a click, while the key is down.
  let moving = false;
  const pick = ({ target }: Event) => {
    if (!moving && target instanceof HTMLInputElement) choose(Number(target.value));
  };
  const onkeydown = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLInputElement)) return;
    moving = event.key.startsWith('Arrow');
    // Space does nothing by itself on a radio button that an arrow key has selected.
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.target.checked = true;
    pick(event);
  };
  const still = () => {
    moving = false;
  };
  return h(
    'fieldset',
    { class: 'scale' },
    h('legend', {}, legend),
    h(
      'div',
      {
        class: smileys ? 'targets smileys' : 'targets',
        onclick: pick,
        onkeydown,
        onkeyup: still,
        onpointerdown: still,
      },
      ...targets,
    ),
    !smileys &&
      h('div', { class: 'ends', 'aria-hidden': 'true' }, h('span', {}, lowest), h('span', {}, highest)),
  );
}
