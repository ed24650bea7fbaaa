import { catalogueOf, type Language } from '#shared/messages/index.ts';
import type { Drainer } from './drainer.ts';
import { frame, showConnection } from './frame.ts';
import { createIdle } from './idle.ts';
import { languagesOf, type Place, wordsOf } from './place.ts';
import { askScreen } from './screens/ask.ts';
import { doneScreen } from './screens/done.ts';
import { thanksScreen } from './screens/thanks.ts';
import { openSession, type Session } from './session.ts';

type Screen =
  | { name: 'ask'; problem: boolean }
  | {
      name: 'thanks';
      session: Session;
      grade: number;
      correcting: 'briefly' | 'open' | false;
      problem: boolean;
    }
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
  let draft = '';
  const idle = createIdle(() => language, rest);

  function rest(): void {
    language = place ? (languagesOf(place)[0] ?? 'nl') : 'nl';
    draft = '';
    lockedUntil = performance.now() + lockTime;
    go({ name: 'ask', problem: false });
    atRest();
  }

  function go(next: Screen): void {
    clearTimeout(fold);
    screen = next;
    render();
    root.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    if (screen.name === 'thanks' && screen.correcting === 'briefly')
      fold = setTimeout(foldAway, correctionTime);
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

  const thanked = (session: Session, grade: number): Screen => ({
    name: 'thanks',
    session,
    grade,
    correcting: 'briefly',
    problem: false,
  });

  /** The last press wins, also the one that came while an earlier one was being written. */
  async function catchUp(session: Session, kept: number): Promise<Screen> {
    let grade = kept;
    while (pressed !== grade) {
      const wanted = pressed;
      await session.correct(wanted);
      grade = wanted;
    }
    return thanked(session, grade);
  }

  const choose = (grade: number) => {
    if (!place || performance.now() < lockedUntil) return render();
    const { touchpoint } = place;
    const { version } = wordsOf(place, language);
    pressed = grade;
    const work = async (): Promise<Screen> => {
      const session = await openSession(touchpoint, language, version, grade);
      return catchUp(session, grade).catch(() => thanked(session, grade));
    };
    return write(work, { name: 'ask', problem: true });
  };

  function current(place: Place): HTMLElement {
    const words = wordsOf(place, language);
    if (screen.name === 'ask') return askScreen(language, words, screen.problem, choose);
    if (screen.name === 'done') return doneScreen(language, screen.comment, rest);
    const thanks = screen;
    draft = root.querySelector('textarea')?.value ?? draft;
    return thanksScreen(
      language,
      words,
      { ...thanks, draft },
      {
        correct: (grade) => {
          pressed = grade;
          if (grade === thanks.grade && !busy) return go({ ...thanks, correcting: false });
          return write(() => catchUp(thanks.session, thanks.grade), { ...thanks, problem: true });
        },
        reconsider: () => go({ ...thanks, correcting: 'open', problem: false }),
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
    document.documentElement.lang = language;
    document.documentElement.dir = catalogueOf(language).rating.dir;
    root.replaceChildren(...frame(place, language, drainer, speak, current(place)));
    idle.watch(screen.name !== 'ask' || language !== languagesOf(place)[0]);
  }

  return {
    settle(at: Place): void {
      const same = JSON.stringify(at) === JSON.stringify(place);
      place = at;
      if (screen.name === 'ask' && !same) render();
    },
    connectionChanged: () => showConnection(root, language, drainer),
    resting: () => screen.name === 'ask',
  };
}
