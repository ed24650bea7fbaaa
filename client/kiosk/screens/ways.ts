import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';

export function ways(language: Language): HTMLElement {
  const { notAnswered, contact, complaint, emergency } = catalogueOf(language).rating;
  const lines = [notAnswered, contact, complaint, emergency];
  return h('ul', { class: 'ways quiet' }, ...lines.map((line) => h('li', {}, line)));
}
