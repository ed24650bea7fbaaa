import type { Language } from '#shared/messages/index.ts';
import type { Device } from '../device.ts';
import { h } from '../dom.ts';
import type { Drainer } from '../drainer.ts';
import { oldestGivenAt, refusedItems, waitingCount } from '../outbox.ts';
import type { Place } from '../place.ts';
import { isPersisted, powerState, shellVersion } from '../shell.ts';
import { staffTexts } from '../staff.ts';

/** Whoever leaves it open must not leave the next visitor without a question. */
const openFor = 120_000;

interface Known {
  place: Place;
  drainer: Drainer;
  device: Device;
  /** To the pairing screen. */
  pair(): void;
}

/** Figures and ids only: what people wrote is nobody's business here. */
export async function showStatus(language: Language, { place, drainer, device, pair }: Known): Promise<void> {
  const texts = staffTexts(language);
  const [waiting, oldest, refused, persisted, version, power] = await Promise.all([
    waitingCount(),
    oldestGivenAt(),
    refusedItems(),
    isPersisted(),
    shellVersion(),
    powerState(),
  ]);
  const time = (at: number) => new Date(at).toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB');
  const { connection, lastSent } = drainer.sending;
  const beat = device.lastBeat();
  const row = (name: string, value: string) => [h('dt', {}, name), h('dd', {}, value)];
  const list = refused.map(({ id, at, reasons }) =>
    h('li', {}, `${time(at)} · ${id.slice(-6)} · ${reasons.join('; ')}`),
  );
  const leave = () => {
    dialog.close();
    pair();
  };
  const dialog = h(
    'dialog',
    { class: 'status', lang: language === 'nl' ? 'nl' : 'en', dir: 'ltr', 'aria-labelledby': 'status-title' },
    h('h2', { id: 'status-title' }, texts.status),
    h(
      'dl',
      {},
      ...row(texts.touchpoint, place.touchpoint),
      ...row(texts.device, place.device?.name ?? texts.notPaired),
      ...row(texts.connection, texts[connection]),
      ...row(texts.waiting, String(waiting)),
      ...row(texts.oldest, oldest === undefined ? texts.none : time(oldest)),
      ...row(texts.lastSent, lastSent ? time(lastSent) : texts.never),
      ...(device.token() ? row(texts.reported, beat ? time(beat) : texts.never) : []),
      ...row(texts.persisted, persisted ? texts.yes : texts.no),
      ...(power.battery === null ? [] : row(texts.battery, `${Math.round(power.battery * 100)} %`)),
      ...row(texts.version, place.version ? `${version} · ${place.version}` : version),
      ...row(texts.rejected, refused.length ? String(refused.length) : texts.none),
    ),
    list.length > 0 && h('ul', { tabindex: 0, 'aria-label': texts.rejected }, ...list),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', onclick: () => dialog.close() }, texts.close),
      h('button', { type: 'button', onclick: drainer.tryNow }, texts.sendNow),
      h('button', { type: 'button', class: 'plain', onclick: leave }, texts.pairButton),
    ),
  );
  // Who asked twice meanwhile has it once.
  if (document.querySelector('dialog.status')) return;
  const timer = setTimeout(() => dialog.close(), openFor);
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}
