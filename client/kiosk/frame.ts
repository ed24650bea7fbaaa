import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from './dom.ts';
import type { Drainer } from './drainer.ts';
import { languageSwitch } from './languages.ts';
import { languagesOf, type Place, wordsOf } from './place.ts';
import { showStatus } from './screens/status.ts';

const offlineText = (language: Language, drainer: Drainer): string =>
  drainer.sending.connection === 'offline' || !navigator.onLine ? catalogueOf(language).kiosk.offline : '';

/** What every screen has: where it stands, the languages, and whether there is a connection. */
export function frame(
  place: Place,
  language: Language,
  drainer: Drainer,
  speak: (language: Language) => void,
  main: HTMLElement,
): HTMLElement[] {
  const status = () => showStatus(language, place.touchpoint, drainer);
  return [
    h(
      'header',
      {},
      h('button', { type: 'button', class: 'place', onclick: status }, wordsOf(place, language).place),
      languageSwitch(language, languagesOf(place), speak),
    ),
    main,
    h(
      'footer',
      {},
      h('p', {}, catalogueOf(language).kiosk.anonymous),
      h('p', { class: 'offline', role: 'status' }, offlineText(language, drainer)),
    ),
  ];
}

/** Only the line at the foot: whoever is typing is left alone. */
export function showConnection(root: HTMLElement, language: Language, drainer: Drainer): void {
  const line = root.querySelector('.offline');
  if (line) line.textContent = offlineText(language, drainer);
}
