import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import { nextOpening } from '../hours.ts';
import type { Place } from '../place.ts';

/** Outside opening hours: dark and still, and one touch away from the question. */
export function closedScreen(language: Language, place: Place, open: () => void): HTMLElement {
  const { kiosk } = catalogueOf(language);
  const moment = nextOpening(place, Date.now(), language);
  return h(
    'main',
    { class: 'closed' },
    h('h1', { tabindex: -1 }, kiosk.closedTitle),
    moment !== undefined && h('p', { class: 'given' }, fill(kiosk.opens, { moment })),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', onclick: open }, kiosk.closedText),
    ),
  );
}

/** After many grades in a row: a moment of rest. */
export function lockedScreen(language: Language): HTMLElement {
  const { kiosk } = catalogueOf(language);
  return h('main', { class: 'locked' }, h('h1', { tabindex: -1 }, kiosk.locked));
}
