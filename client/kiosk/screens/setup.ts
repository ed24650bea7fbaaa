import { h } from '../dom.ts';
import { staffLanguage, staffTexts } from '../staff.ts';

/** For whoever puts the tablet down. `use` answers why it did not work, if it did not. */
export function setupScreen(
  use: (touchpoint: string) => Promise<'unknown' | 'offline' | undefined>,
  pair: () => void,
): HTMLElement {
  const language = staffLanguage();
  const texts = staffTexts(language);
  const problem = h('p', { class: 'problem', role: 'alert', id: 'setup-problem' });
  const field = h('input', {
    id: 'touchpoint',
    name: 'touchpoint',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-describedby': 'setup-example setup-problem',
  });
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    const result = field.value.trim() ? await use(field.value.trim()) : 'unknown';
    if (!result) return;
    problem.textContent = result === 'unknown' ? texts.setupUnknown : texts.setupOffline;
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  };
  return h(
    'main',
    { class: 'setup', lang: language, dir: 'ltr' },
    h('h1', { tabindex: -1 }, texts.setupTitle),
    h('p', {}, texts.setupText),
    h(
      'form',
      { onsubmit, novalidate: true },
      h('label', { for: 'touchpoint' }, texts.setupLabel),
      h('p', { class: 'quiet', id: 'setup-example' }, texts.setupExample),
      problem,
      field,
      h(
        'div',
        { class: 'actions' },
        h('button', { class: 'main' }, texts.setupButton),
        h('button', { type: 'button', onclick: pair }, texts.pairButton),
      ),
    ),
  );
}
