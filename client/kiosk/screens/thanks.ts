import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import type { Words } from '../place.ts';
import { mark, scaleOf, smileyWord } from '../scale.ts';

/** What was chosen, large, with the thanks. */
export function hero(language: Language, { scale }: Words, value: number): HTMLElement {
  const { rating } = catalogueOf(language);
  const given =
    scale === 'grade'
      ? fill(rating.given, { grade: value })
      : fill(rating.chosen, { word: smileyWord(language, value) });
  return h(
    'div',
    { class: 'hero' },
    h('div', { class: 'numeral', 'aria-hidden': 'true' }, mark(scale, value)),
    h('h1', { tabindex: -1, 'aria-describedby': 'given' }, rating.thanks),
    h('p', { class: 'given', id: 'given' }, given),
  );
}

/**
 * The thanks fill the screen; the targets stay where they were, so that a slip can be put right. `brief`: for a moment;
 * otherwise until another one is chosen, or until whoever is content goes on.
 */
export function thanksScreen(
  language: Language,
  words: Words,
  { value, brief, problem }: { value: number; brief: boolean; problem: boolean },
  { correct, goOn }: { correct(value: number): void; goOn(): void },
): HTMLElement {
  const { kiosk } = catalogueOf(language);
  return h(
    'main',
    { class: 'thanks' },
    hero(language, words, value),
    problem && h('p', { class: 'problem', role: 'alert' }, kiosk.notStored),
    scaleOf(language, words, h('span', {}, kiosk.change), value, correct),
    brief
      ? h('div', { class: 'clock', 'aria-hidden': 'true' })
      : h(
          'div',
          { class: 'actions' },
          h('button', { type: 'button', class: 'main', onclick: goOn }, kiosk.next),
        ),
  );
}
