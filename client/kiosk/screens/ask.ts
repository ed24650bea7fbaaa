import type { Language } from '#shared/messages/index.ts';
import { catalogueOf } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import { type GradeWords, grades } from '../grades.ts';

/** The whole screen is the question. `problem` is said aloud when the last press could not be kept. */
export function askScreen(
  language: Language,
  words: GradeWords & { question: string },
  problem: boolean,
  choose: (grade: number) => void,
): HTMLElement {
  const { kiosk } = catalogueOf(language);
  return h(
    'main',
    { class: 'ask' },
    problem && h('p', { class: 'problem', role: 'alert' }, kiosk.notStored),
    grades(language, words, h('h1', { tabindex: -1 }, words.question), undefined, choose),
  );
}
