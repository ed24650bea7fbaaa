import type { Language } from '#shared/messages/index.ts';
import { h } from '../dom.ts';
import type { Drainer } from '../drainer.ts';
import { refusedItems, waitingCount } from '../outbox.ts';
import { isPersisted, shellVersion } from '../shell.ts';
import { staffTexts } from '../staff.ts';

/** Whoever leaves it open must not leave the next visitor without a question. */
const openFor = 120_000;

/** Figures and ids only: what people wrote is nobody's business here. */
export async function showStatus(language: Language, touchpoint: string, drainer: Drainer): Promise<void> {
  const texts = staffTexts(language);
  const [waiting, refused, persisted, version] = await Promise.all([
    waitingCount(),
    refusedItems(),
    isPersisted(),
    shellVersion(),
  ]);
  const time = (at: number) => new Date(at).toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB');
  const { connection, lastSent } = drainer.sending;
  const row = (name: string, value: string) => [h('dt', {}, name), h('dd', {}, value)];
  const list = refused.map(({ id, at, reasons }) =>
    h('li', {}, `${time(at)} · ${id.slice(-6)} · ${reasons.join('; ')}`),
  );
  const dialog = h(
    'dialog',
    { class: 'status', lang: language === 'nl' ? 'nl' : 'en', dir: 'ltr', 'aria-labelledby': 'status-title' },
    h('h2', { id: 'status-title' }, texts.status),
    h(
      'dl',
      {},
      ...row(texts.touchpoint, touchpoint),
      ...row(texts.connection, texts[connection]),
      ...row(texts.waiting, String(waiting)),
      ...row(texts.lastSent, lastSent ? time(lastSent) : texts.never),
      ...row(texts.persisted, persisted ? texts.yes : texts.no),
      ...row(texts.version, version),
      ...row(texts.rejected, refused.length ? String(refused.length) : texts.none),
    ),
    list.length > 0 && h('ul', { tabindex: 0, 'aria-label': texts.rejected }, ...list),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', onclick: () => dialog.close() }, texts.close),
      h('button', { type: 'button', onclick: drainer.tryNow }, texts.sendNow),
    ),
  );
  const timer = setTimeout(() => dialog.close(), openFor);
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}
