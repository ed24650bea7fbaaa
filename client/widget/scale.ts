import { mouths } from '#shared/messages/faces.ts';
import { fill } from '#shared/messages/fill.ts';
import type { RatingTexts } from '#shared/messages/nl.ts';
import { draw, h } from './dom.ts';
import type { Asked } from './form.ts';

const eye = (x: number) => draw('circle', { class: 'eye', cx: `${x}`, cy: '9.5', r: '1.3' });
const face = (smiley: number) =>
  draw(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    draw('circle', { cx: '12', cy: '12', r: '10' }),
    eye(8.5),
    eye(15.5),
    draw('path', { d: mouths[smiley - 1] ?? '' }),
  );

/** What a smiley says in words. */
export const wordOf = (texts: RatingTexts, smiley: number): string =>
  texts[`smiley${smiley}` as keyof RatingTexts];

/** Ten numbers or five faces, as radio buttons. The arrow keys only move; a press, Space or Enter chooses. */
export function scale(asked: Asked, choose: (value: number) => void): HTMLElement {
  const { texts, question, lowest, highest } = asked;
  const smileys = asked.scale === 'smiley';
  const targets = Array.from({ length: smileys ? 5 : 10 }, (_, index) => {
    const value = index + 1;
    const end = index === 0 ? lowest : index === 9 ? highest : '';
    const name = smileys
      ? fill(texts.spokenSmiley, { smiley: value, word: wordOf(texts, value) })
      : fill(texts.spoken, { grade: value }) + (end && `, ${end}`);
    return h(
      'label',
      {},
      h('input', { type: 'radio', name: 'grade', value: `${value}`, 'aria-label': name }),
      smileys ? face(value) : h('span', { 'aria-hidden': 'true' }, `${value}`),
    );
  });
  const row = h('div', { class: smileys ? 'row smileys' : 'row' }, ...targets);

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
    h('legend', {}, question),
    h(
      'div',
      { class: 'scale' },
      row,
      h('div', { class: 'ends', 'aria-hidden': 'true' }, h('span', {}, lowest), h('span', {}, highest)),
    ),
    h('p', { id: 'keys', class: 'quiet' }, texts.keys),
  );
}
