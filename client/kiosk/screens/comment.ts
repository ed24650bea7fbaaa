import { limits } from '#shared/contract/limits.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import type { Words } from '../place.ts';

interface Ways {
  /** A slip of the finger, or another mind. */
  reconsider(): void;
  draft(text: string): void;
  comment(text: string): void;
  finish(): void;
}

/** Room for words, with the line that says what happens to them. */
export function commentScreen(
  language: Language,
  { commentLabel }: Words,
  state: { draft: string; problem: boolean },
  ways: Ways,
): HTMLElement {
  const { kiosk, rating } = catalogueOf(language);
  const text = h('textarea', {
    id: 'comment',
    rows: 4,
    maxlength: limits.commentLength,
    autocomplete: 'off',
    dir: 'auto',
    'aria-describedby': 'note',
    oninput: () => ways.draft(text.value),
  });
  text.value = state.draft;
  const onsubmit = (event: Event) => {
    event.preventDefault();
    if (text.value.trim()) ways.comment(text.value.trim());
    else text.focus();
  };
  return h(
    'form',
    { class: 'step', onsubmit },
    h('label', { for: 'comment' }, commentLabel),
    h('p', { id: 'note', class: 'quiet' }, rating.commentNote),
    state.problem && h('p', { class: 'problem', role: 'alert' }, kiosk.commentNotStored),
    text,
    h(
      'div',
      { class: 'actions' },
      h('button', { class: 'main' }, rating.send),
      h('button', { type: 'button', onclick: ways.finish }, kiosk.finish),
      h('button', { type: 'button', class: 'plain', onclick: ways.reconsider }, kiosk.another),
    ),
  );
}
