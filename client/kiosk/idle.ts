import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from './dom.ts';

const warnedFor = 20;

/**
 * Nobody there: warns, counts down and starts again. `watch` says whether there is anything to start again from, and
 * who is still there presses once to go on.
 */
export function createIdle(language: () => Language, reset: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quietFor = Number.POSITIVE_INFINITY;
  let dialog: HTMLDialogElement | undefined;

  const start = () => {
    clearTimeout(timer);
    if (quietFor < Number.POSITIVE_INFINITY && !dialog) timer = setTimeout(warn, quietFor);
  };
  const close = () => {
    clearInterval(timer);
    dialog?.close();
    dialog?.remove();
    dialog = undefined;
  };
  const stay = () => {
    close();
    start();
  };
  const leave = () => {
    close();
    reset();
  };

  function warn(): void {
    const { kiosk, rating } = catalogueOf(language());
    let left = warnedFor;
    const text = h('p', { id: 'idle-text' }, fill(kiosk.idleText, { seconds: left }));
    dialog = h(
      'dialog',
      {
        role: 'alertdialog',
        'aria-labelledby': 'idle-title',
        'aria-describedby': 'idle-text',
        lang: language(),
        dir: rating.dir,
      },
      h('h2', { id: 'idle-title' }, kiosk.idleTitle),
      text,
      h(
        'div',
        { class: 'actions' },
        h('button', { type: 'button', class: 'main', onclick: stay }, kiosk.idleStay),
        h('button', { type: 'button', onclick: leave }, kiosk.idleReset),
      ),
    );
    dialog.addEventListener('cancel', stay);
    document.body.append(dialog);
    dialog.showModal();
    timer = setInterval(() => {
      left -= 1;
      text.textContent = fill(kiosk.idleText, { seconds: left });
      if (left <= 0) leave();
    }, 1000);
  }

  for (const event of ['pointerdown', 'keydown', 'input', 'scroll'])
    addEventListener(event, start, { capture: true, passive: true });
  return {
    /** `quiet`: milliseconds without a touch before the warning. */
    watch(on: boolean, quiet: number): void {
      quietFor = on ? quiet : Number.POSITIVE_INFINITY;
      if (!on) close();
      start();
    },
  };
}
