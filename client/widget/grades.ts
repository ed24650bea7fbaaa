import { fill } from '#shared/messages/fill.ts';
import type { RatingTexts } from '#shared/messages/nl.ts';
import { h } from './dom.ts';

/** Ten radio buttons. The arrow keys only move; a press, Space or Enter chooses. */
export function grades(texts: RatingTexts, choose: (grade: number) => void): HTMLElement {
  const squares = Array.from({ length: 10 }, (_, index) => {
    const grade = String(index + 1);
    const end = index === 0 ? texts.lowest : index === 9 ? texts.highest : '';
    const name = fill(texts.spoken, { grade }) + (end && `, ${end}`);
    return h(
      'label',
      {},
      h('input', { type: 'radio', name: 'grade', value: grade, 'aria-label': name }),
      h('span', { 'aria-hidden': 'true' }, grade),
    );
  });
  const row = h('div', { class: 'grades' }, ...squares);

  // Browsers report a move by arrow key as a click, while the key is down.
  let moving = false;
  row.addEventListener('keydown', (event) => {
    moving = event.key.startsWith('Arrow');
    const radio = event.target;
    // Space does nothing by itself on a radio button that an arrow key has selected.
    if (/^(Enter| )$/.test(event.key) && radio instanceof HTMLInputElement) {
      event.preventDefault();
      radio.checked = true;
      choose(Number(radio.value));
    }
  });
  const still = () => {
    moving = false;
  };
  row.addEventListener('keyup', still);
  row.addEventListener('pointerdown', still);
  row.addEventListener('click', ({ target }) => {
    if (!moving && target instanceof HTMLInputElement) choose(Number(target.value));
  });

  return h(
    'fieldset',
    { 'aria-describedby': 'keys' },
    h('legend', {}, texts.question),
    h(
      'div',
      { class: 'scale' },
      row,
      h(
        'div',
        { class: 'ends', 'aria-hidden': 'true' },
        h('span', {}, texts.lowest),
        h('span', {}, texts.highest),
      ),
    ),
  );
}
