import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h, svg } from './dom.ts';
import type { Drainer } from './drainer.ts';
import { languageSwitch } from './languages.ts';
import { languagesOf, type Place, wordsOf } from './place.ts';
import { beQuiet, canSpeak, isSpeaking, readAloud } from './speech.ts';

const longPress = 1_500;
/** Of the finger that is down, also when the screen is drawn again under it. */
let held: ReturnType<typeof setTimeout> | undefined;
const letGo = () => clearTimeout(held);
for (const event of ['pointerup', 'pointercancel']) addEventListener(event, letGo);

const offlineText = (language: Language, drainer: Drainer): string =>
  drainer.sending.connection === 'offline' || !navigator.onLine ? catalogueOf(language).kiosk.offline : '';

/** The name of the place. Staff who hold it see the status; with a keyboard Enter does it. */
function placeName(name: string, status: () => void): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'place',
      onpointerdown: () => {
        letGo();
        held = setTimeout(status, longPress);
      },
      onpointerleave: letGo,
      oncontextmenu: (event: Event) => event.preventDefault(),
      onclick: (event: Event) => (event as MouseEvent).detail === 0 && status(),
    },
    name,
  );
}

function listenButton(language: Language, main: HTMLElement): HTMLElement {
  const pressed = (on: boolean) => button.setAttribute('aria-pressed', String(on));
  const onclick = () => {
    const on = !isSpeaking();
    if (on) readAloud(main, language, () => pressed(false));
    else beQuiet();
    pressed(on);
  };
  const { listen } = catalogueOf(language).kiosk;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'listen',
      'aria-label': listen,
      title: listen,
      'aria-pressed': 'false',
      onclick,
    },
    svg(
      'svg',
      { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
      svg('path', { d: 'M4 9v6h4l5 4V5L8 9z' }),
      svg('path', { class: 'wave', d: 'M16 9q3 3 0 6M18.5 6.5q5.5 5.5 0 11' }),
    ),
  );
  return button;
}

interface Acts {
  speak(language: Language): void;
  status(): void;
}

/** What every screen has: where it stands, the languages, read-aloud, and whether there is a connection. */
export function frame(
  place: Place,
  language: Language,
  drainer: Drainer,
  { speak, status }: Acts,
  main: HTMLElement,
): HTMLElement[] {
  const { kiosk } = catalogueOf(language);
  const { place: name, trial } = wordsOf(place, language);
  return [
    h(
      'header',
      {},
      placeName(name, status),
      h(
        'div',
        { class: 'tools' },
        canSpeak(language) && listenButton(language, main),
        languageSwitch(language, languagesOf(place), speak),
      ),
    ),
    main,
    h(
      'footer',
      {},
      (trial || place.trial) && h('p', { class: 'trial' }, kiosk.trial),
      h('p', {}, kiosk.anonymous),
      h('p', { class: 'offline', role: 'status' }, offlineText(language, drainer)),
    ),
  ];
}

/** Only the line at the foot: whoever is typing is left alone. */
export function showConnection(root: HTMLElement, language: Language, drainer: Drainer): void {
  const line = root.querySelector('.offline');
  if (line) line.textContent = offlineText(language, drainer);
}
