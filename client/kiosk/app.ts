import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { h } from './dom.ts';
import type { Drainer } from './drainer.ts';
import { createIdle } from './idle.ts';
import { languageSwitch } from './languages.ts';
import { languagesOf, type Place, wordsOf } from './place.ts';
import { askScreen } from './screens/ask.ts';
import { doneScreen } from './screens/done.ts';
import { showStatus } from './screens/status.ts';
import { thanksScreen } from './screens/thanks.ts';
import { openSession, type Session } from './session.ts';

type Screen =
  | { name: 'ask'; problem: boolean }
  | { name: 'thanks'; session: Session; grade: number; correcting: boolean; problem: boolean }
  | { name: 'done'; comment: string };

const correctionTime = 3_000;
/** So that a second tap on a button does not press the grade that appears under it. */
const lockTime = 700;

/** From the question to the thanks and back. */
export function createApp(root: HTMLElement, drainer: Drainer, atRest: () => void) {
  let place: Place | undefined;
  let language: Language = 'nl';
  let screen: Screen = { name: 'ask', problem: false };
  let fold: ReturnType<typeof setTimeout> | undefined;
  let lockedUntil = 0;
  let busy = false;
  let pressed = 0;
  const idle = createIdle(() => language, rest);

  function rest(): void {
    language = place ? (languagesOf(place)[0] ?? 'nl') : 'nl';
    lockedUntil = performance.now() + lockTime;
    go({ name: 'ask', problem: false });
    atRest();
  }

  function go(next: Screen): void {
    clearTimeout(fold);
    screen = next;
    render();
    root.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    if (screen.name === 'thanks' && screen.correcting) fold = setTimeout(foldAway, correctionTime);
  }

  /** Not while someone is choosing with the keyboard. */
  function foldAway(): void {
    if (screen.name !== 'thanks') return;
    if (root.querySelector('.targets :focus-visible')) fold = setTimeout(foldAway, correctionTime);
    else go({ ...screen, correcting: false });
  }

  /** One write at a time; the next screen appears when it is on disk. */
  async function write(work: () => Promise<Screen>, failed: Screen): Promise<void> {
    if (busy) return;
    busy = true;
    const next = await work().catch((): Screen => failed);
    busy = false;
    go(next);
    drainer.wake();
  }

  const choose = (grade: number) => {
    if (!place || performance.now() < lockedUntil) return render();
    const { touchpoint } = place;
    const { version } = wordsOf(place, language);
    pressed = grade;
    const work = async (): Promise<Screen> => {
      const session = await openSession(touchpoint, language, version, grade);
      // A second press while the first one was being written.
      if (pressed !== grade) await session.correct(pressed);
      return { name: 'thanks', session, grade: pressed, correcting: true, problem: false };
    };
    return write(work, { name: 'ask', problem: true });
  };

  function current(place: Place): HTMLElement {
    const words = wordsOf(place, language);
    if (screen.name === 'ask') return askScreen(language, words, screen.problem, choose);
    if (screen.name === 'done') return doneScreen(language, screen.comment, rest);
    const thanks = screen;
    const draft = root.querySelector('textarea')?.value ?? '';
    return thanksScreen(
      language,
      words,
      { ...thanks, draft },
      {
        correct: (grade) => {
          if (grade === thanks.grade) return go({ ...thanks, correcting: false });
          const work = async (): Promise<Screen> => {
            await thanks.session.correct(grade);
            return { ...thanks, grade, correcting: true };
          };
          return write(work, thanks);
        },
        correcting: (correcting) => go({ ...thanks, correcting }),
        comment: (text) => {
          const work = async (): Promise<Screen> => ({
            name: 'done',
            comment: await thanks.session.comment(text),
          });
          return write(work, { ...thanks, problem: true });
        },
        finish: rest,
      },
    );
  }

  const speak = (other: Language) => {
    language = other;
    render();
    root.querySelector<HTMLElement>(`.languages [lang="${other}"]`)?.focus({ preventScroll: true });
  };

  function render(): void {
    if (!place) return;
    const { kiosk, rating } = catalogueOf(language);
    const { touchpoint } = place;
    const offered = languagesOf(place);
    document.documentElement.lang = language;
    document.documentElement.dir = rating.dir;
    const offline = drainer.sending.connection === 'offline' || !navigator.onLine;
    root.replaceChildren(
      h(
        'header',
        {},
        h(
          'button',
          { type: 'button', class: 'place', onclick: () => showStatus(language, touchpoint, drainer) },
          wordsOf(place, language).place,
        ),
        languageSwitch(language, offered, speak),
      ),
      current(place),
      h(
        'footer',
        {},
        h('p', {}, kiosk.anonymous),
        h('p', { class: 'offline', role: 'status' }, offline && kiosk.offline),
      ),
    );
    idle.watch(screen.name !== 'ask' || language !== offered[0]);
  }

  return {
    settle(at: Place): void {
      const same = JSON.stringify(at) === JSON.stringify(place);
      place = at;
      if (screen.name === 'ask' && !same) render();
    },
    /** Only the line at the foot: whoever is typing is left alone. */
    connectionChanged(): void {
      const offline = drainer.sending.connection === 'offline' || !navigator.onLine;
      const line = root.querySelector('.offline');
      if (line) line.textContent = offline ? catalogueOf(language).kiosk.offline : '';
    },
    resting: () => screen.name === 'ask',
  };
}
