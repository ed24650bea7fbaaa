import type { PinHash } from '#shared/contract/device.ts';
import type { Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import { staffTexts } from '../staff.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

/** Also without a network: the tablet holds only what a PIN can be checked with. */
async function isRight(pin: string, { salt, iterations, hash }: PinHash): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const wanted = bytesOf(hash);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(parameters, key, wanted.length * 8));
  return bits.every((byte, index) => byte === wanted[index]);
}

const tries = 3;
const pause = 30_000;
let wrong = 0;
let blockedUntil = 0;

/** Asks for the PIN and goes on when it is right; after three wrong ones nothing is asked for half a minute. */
export function askPin(language: Language, pin: PinHash, then: () => void): void {
  const texts = staffTexts(language);
  const problem = h('p', { class: 'problem', role: 'alert', id: 'pin-problem' });
  const field = h('input', {
    ...{ id: 'pin', type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 8 },
    'aria-describedby': 'pin-problem',
  });
  const digit = (text: string, onclick: () => void, label?: string) =>
    h('button', { type: 'button', 'aria-label': label, onclick }, text);
  const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((one) =>
    digit(String(one), () => {
      field.value += one;
    }),
  );
  const erase = digit(
    '⌫',
    () => {
      field.value = field.value.slice(0, -1);
    },
    texts.pinErase,
  );
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    const given = field.value;
    field.value = '';
    if (Date.now() < blockedUntil) problem.textContent = texts.pinBlocked;
    else if (await isRight(given, pin)) {
      wrong = 0;
      dialog.close();
      then();
    } else {
      wrong += 1;
      if (wrong % tries === 0) blockedUntil = Date.now() + pause;
      problem.textContent = wrong % tries === 0 ? texts.pinBlocked : texts.pinWrong;
    }
  };
  const dialog = h(
    'dialog',
    { class: 'pin', lang: language === 'nl' ? 'nl' : 'en', dir: 'ltr', 'aria-labelledby': 'pin-title' },
    h(
      'form',
      { onsubmit, novalidate: true },
      h('h2', { id: 'pin-title' }, texts.pinTitle),
      h('label', { for: 'pin' }, texts.pinLabel),
      problem,
      field,
      h('div', { class: 'keys' }, ...keys, erase),
      h(
        'div',
        { class: 'actions' },
        h('button', { class: 'main' }, texts.pinOpen),
        h('button', { type: 'button', onclick: () => dialog.close() }, texts.close),
      ),
    ),
  );
  const timer = setTimeout(() => dialog.close(), pause);
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}
