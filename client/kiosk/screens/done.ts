import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import { ways } from './ways.ts';

/** Shows the comment as it was kept: without the personal data that stood in it. */
export function doneScreen(language: Language, comment: string, finish: () => void): HTMLElement {
  const { kiosk, rating } = catalogueOf(language);
  return h(
    'main',
    { class: 'done' },
    h('h1', { tabindex: -1 }, rating.thanks),
    h('p', {}, rating.stored),
    h('blockquote', { dir: 'auto' }, comment),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', onclick: finish }, kiosk.finish),
    ),
    ways(language),
  );
}
