import { fill } from '#shared/messages/fill.ts';
import type { PairingView } from '../../ui/pairing/pair.ts';
import { h } from '../dom.ts';
import { staffLanguage, staffTexts } from '../staff.ts';

export interface PairScreen extends PairingView {
  element: HTMLElement;
}

/** For whoever puts the tablet down: a code and a QR that an administrator confirms elsewhere. */
export function pairScreen(waiting: number, again: boolean, others: () => void): PairScreen {
  const language = staffLanguage();
  const texts = staffTexts(language);
  const state = h('p', { class: 'quiet', role: 'status' }, texts.pairWaiting);
  const code = h('p', { class: 'code', 'aria-live': 'polite' });
  const address = h('p', {});
  const image = h('img', { class: 'qr', alt: texts.pairQr, hidden: true });
  const element = h(
    'main',
    { class: 'pair', lang: language, dir: 'ltr' },
    h(
      'div',
      {},
      h('h1', { tabindex: -1 }, again ? texts.pairAgain : texts.pairTitle),
      waiting > 0 && h('p', { class: 'kept' }, fill(texts.pairKept, { count: waiting })),
      h('p', {}, texts.pairText),
      address,
      code,
      state,
      h('div', { class: 'actions' }, h('button', { type: 'button', onclick: others }, texts.pairWithout)),
    ),
    image,
  );
  return {
    element,
    show(pairing, refused) {
      image.hidden = pairing === undefined;
      code.textContent = pairing?.user_code ?? '';
      address.textContent = pairing?.verification_uri.replace(/^https?:\/\//, '') ?? '';
      const waiting = refused ? `${texts.pairRefused} ${texts.pairWaiting}` : texts.pairWaiting;
      state.textContent = pairing ? waiting : texts.setupOffline;
      if (pairing) image.src = pairing.qr;
    },
  };
}
