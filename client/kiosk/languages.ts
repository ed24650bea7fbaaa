import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from './dom.ts';

/** Every language by its own name. */
export function languageSwitch(
  current: Language,
  offered: Language[],
  choose: (language: Language) => void,
): HTMLElement {
  const buttons = offered.map((language) => {
    const { name, dir } = catalogueOf(language).rating;
    const pressed = String(language === current);
    return h(
      'button',
      { type: 'button', lang: language, dir, 'aria-pressed': pressed, onclick: () => choose(language) },
      name,
    );
  });
  return h(
    'div',
    { class: 'languages', role: 'group', 'aria-label': catalogueOf(current).kiosk.languages },
    ...buttons,
  );
}
