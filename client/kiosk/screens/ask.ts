import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import type { Words } from '../place.ts';
import { scaleOf } from '../scale.ts';

/** The whole screen is the question. `problem` is said aloud when the last press could not be kept. */
export function askScreen(
  language: Language,
  words: Words,
  problem: boolean,
  choose: (value: number) => void,
): HTMLElement {
  const { kiosk } = catalogueOf(language);
  return h(
    'main',
    { class: 'ask' },
    problem && h('p', { class: 'problem', role: 'alert' }, kiosk.notStored),
    scaleOf(language, words, h('h1', { tabindex: -1 }, words.question), undefined, choose),
  );
}
