import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from './dom.ts';

export interface GradeWords {
  lowest: string;
  highest: string;
}

/** Ten radio buttons. The arrow keys only move; a press, Space or Enter chooses. */
export function grades(
  language: Language,
  { lowest, highest }: GradeWords,
  legend: Node,
  chosen: number | undefined,
  choose: (grade: number) => void,
): HTMLElement {
  const { spoken } = catalogueOf(language).rating;
  const targets = Array.from({ length: 10 }, (_, index) => {
    const grade = index + 1;
    const end = grade === 1 ? `, ${lowest}` : grade === 10 ? `, ${highest}` : '';
    const label = fill(spoken, { grade }) + end;
    return h(
      'label',
      { class: 'target' },
      h('input', {
        type: 'radio',
        name: 'grade',
        value: grade,
        checked: grade === chosen,
        'aria-label': label,
      }),
      h('span', { 'aria-hidden': 'true' }, String(grade)),
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
    { class: 'grades' },
    h('legend', {}, legend),
    h(
      'div',
      { class: 'targets', onclick: pick, onkeydown, onkeyup: still, onpointerdown: still },
      ...targets,
    ),
    h('div', { class: 'ends', 'aria-hidden': 'true' }, h('span', {}, lowest), h('span', {}, highest)),
  );
}
