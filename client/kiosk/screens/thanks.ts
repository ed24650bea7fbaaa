import { limits } from '#shared/contract/limits.ts';
import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import { type GradeWords, grades } from '../grades.ts';
import { ways } from './ways.ts';

export interface ThanksActions {
  /** A slip of the finger: the last press wins. */
  correct(grade: number): void;
  reconsider(): void;
  comment(text: string): void;
  finish(): void;
}
export interface ThanksState {
  grade: number;
  /** Right after a press the targets stay for a moment; who asks for them again has all the time. */
  correcting: 'briefly' | 'open' | false;
  /** What was typed before another language was chosen or a write failed. */
  draft: string;
  problem: boolean;
}

const shape = (grade: number) =>
  h(
    'span',
    { class: 'shape', 'aria-hidden': 'true' },
    ...Array.from({ length: 10 }, (_, i) => h('i', { class: i < grade && 'on' })),
  );

/** At first the ten targets stay where they were, so that a slip can be put right; then there is room for words. */
export function thanksScreen(
  language: Language,
  words: GradeWords & { commentLabel: string },
  state: ThanksState,
  actions: ThanksActions,
): HTMLElement {
  const { kiosk, rating } = catalogueOf(language);
  const heading = h('h1', { tabindex: -1, 'aria-describedby': 'given' }, rating.thanks);
  const given = h('p', { class: 'given', id: 'given' }, fill(rating.given, { grade: state.grade }));
  if (state.correcting) {
    const legend = h('span', {}, kiosk.change);
    return h(
      'main',
      { class: 'thanks correcting' },
      h('div', { class: 'hero' }, heading, given, shape(state.grade)),
      state.problem && h('p', { class: 'problem', role: 'alert' }, kiosk.notStored),
      grades(language, words, legend, state.grade, actions.correct),
      state.correcting === 'briefly' && h('div', { class: 'clock', 'aria-hidden': 'true' }),
    );
  }

  const text = h('textarea', {
    id: 'comment',
    rows: 3,
    maxlength: limits.commentLength,
    autocomplete: 'off',
    dir: 'auto',
    'aria-describedby': 'note',
  });
  text.value = state.draft;
  const onsubmit = (event: Event) => {
    event.preventDefault();
    if (text.value.trim()) actions.comment(text.value.trim());
    else text.focus();
  };
  const form = h(
    'form',
    { class: 'comment', onsubmit },
    h('label', { for: 'comment' }, words.commentLabel),
    h('p', { id: 'note', class: 'quiet' }, rating.commentNote),
    state.problem && h('p', { class: 'problem', role: 'alert' }, kiosk.commentNotStored),
    text,
    h(
      'div',
      { class: 'actions' },
      h('button', { class: 'main' }, rating.send),
      h('button', { type: 'button', onclick: actions.finish }, kiosk.finish),
      h('button', { type: 'button', class: 'plain', onclick: actions.reconsider }, kiosk.another),
    ),
  );
  return h(
    'main',
    { class: 'thanks' },
    h(
      'div',
      { class: 'hero' },
      h('span', { class: 'numeral', 'aria-hidden': 'true' }, String(state.grade)),
      heading,
      given,
      shape(state.grade),
    ),
    form,
    ways(language),
  );
}
