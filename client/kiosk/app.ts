import type { Answers } from '#shared/contract/rating.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { createBurst } from './burst.ts';
import { h } from './dom.ts';
import type { Drainer } from './drainer.ts';
import { frame, showConnection } from './frame.ts';
import { isOpen } from './hours.ts';
import { createIdle } from './idle.ts';
import { languagesOf, type Place, quietTime, wordsOf } from './place.ts';
import { askScreen } from './screens/ask.ts';
import { commentScreen } from './screens/comment.ts';
import { doneScreen } from './screens/done.ts';
import { questionScreen } from './screens/question.ts';
import { closedScreen, lockedScreen } from './screens/resting.ts';
import { hero, thanksScreen } from './screens/thanks.ts';
import { ways } from './screens/ways.ts';
import { openSession } from './session.ts';
import { beQuiet, whenVoicesChange } from './speech.ts';
import { answersTo, choiceOf, questionsFor, type Visit, visitOf } from './visit.ts';

type Screen =
  | { name: 'closed' }
  | { name: 'locked' }
  | { name: 'ask'; problem: boolean }
  /** Right after a press the targets stay for a moment; who asks for them again has all the time. */
  | { name: 'thanks'; visit: Visit; brief: boolean; problem: boolean }
  /** A follow-up question; after the last of them the comment. */
  | { name: 'step'; visit: Visit; step: number; problem: boolean }
  | { name: 'done'; comment: string };

/** The thanks fill the screen; after that one button brings the grades back. */
const thanksTime = 2_000;
/** Whoever drums on the screen corrects no more. */
const mostCorrections = 6;
/** So that a second tap on a button does not press the grade that appears under it. */
const lockTime = 700;

interface Outside {
  /** Nobody is answering: the moment for what must not disturb anybody. */
  atRest(): void;
  status(place: Place, language: Language): void;
}

/** From the question to the thanks and back. */
export function createApp(root: HTMLElement, drainer: Drainer, { atRest, status }: Outside) {
  let place: Place | undefined;
  /** A configuration that came while somebody was answering. */
  let awaited: Place | undefined;
  let language: Language = 'nl';
  let screen: Screen = { name: 'ask', problem: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lockedUntil = 0;
  let busy = false;
  let pressed = 0;
  /** Another screen stands there, for staff. */
  let paused = false;
  /** Somebody woke the screen outside opening hours. */
  let woken = false;
  const burst = createBurst();
  const idle = createIdle(() => language, rest);

  const firstLanguage = (): Language => (place ? (languagesOf(place)[0] ?? 'nl') : 'nl');
  const resting = () =>
    paused ||
    screen.name === 'closed' ||
    (screen.name === 'ask' && !screen.problem && !busy && !woken && language === firstLanguage());

  function rest(): void {
    place = awaited ?? place;
    awaited = undefined;
    language = firstLanguage();
    woken = false;
    if (screen.name !== 'ask') lockedUntil = performance.now() + lockTime;
    const pause = burst.pause();
    if (pause > 0) {
      go({ name: 'locked' });
      timer = setTimeout(rest, pause);
      return;
    }
    go(place && !isOpen(place, Date.now()) ? { name: 'closed' } : { name: 'ask', problem: false });
    atRest();
  }

  function go(next: Screen): void {
    clearTimeout(timer);
    screen = next;
    render();
    root.querySelector<HTMLElement>('#asked, h1')?.focus({ preventScroll: true });
    if (screen.name === 'thanks' && screen.brief) timer = setTimeout(foldAway, thanksTime);
  }

  /** Not while someone is choosing with the keyboard. */
  function foldAway(): void {
    if (screen.name !== 'thanks') return;
    if (root.querySelector('.targets :focus-visible')) timer = setTimeout(foldAway, thanksTime);
    else stepTo(screen.visit, 0);
  }
  const stepTo = (visit: Visit, step: number) => go({ name: 'step', visit, step, problem: false });

  /** One write at a time; the next screen appears when it is on disk. */
  async function write(work: () => Promise<Screen>, failed: Screen): Promise<void> {
    if (busy) return;
    busy = true;
    const next = await work().catch((): Screen => failed);
    busy = false;
    go(next);
    drainer.wake();
  }

  /** The last press wins, also the one that came while an earlier one was being written. */
  async function catchUp(visit: Visit, words: ReturnType<typeof wordsOf>): Promise<Screen> {
    while (pressed !== visit.value) {
      const wanted = pressed;
      await visit.session.correct(choiceOf(words, wanted));
      visit.value = wanted;
      visit.corrections += 1;
    }
    if (visit.corrections >= mostCorrections) return { name: 'step', visit, step: 0, problem: false };
    return { name: 'thanks', visit, brief: true, problem: false };
  }

  const choose = (value: number) => {
    if (!place || performance.now() < lockedUntil) return render();
    const { touchpoint } = place;
    const words = wordsOf(place, language);
    pressed = value;
    const work = async (): Promise<Screen> => {
      const session = await openSession(touchpoint, language, words.version, choiceOf(words, value));
      const visit = visitOf(session, value);
      burst.add();
      return catchUp(visit, words).catch(() => ({ name: 'thanks', visit, brief: true, problem: false }));
    };
    return write(work, { name: 'ask', problem: true });
  };

  function step(at: Place, { visit, step, problem }: Screen & { name: 'step' }): HTMLElement[] {
    const words = wordsOf(at, language);
    const questions = questionsFor(words, visit.value);
    const question = questions[step];
    const failed: Screen = { name: 'step', visit, step, problem: true };
    const { session } = visit;
    const reconsider = () => go({ name: 'thanks', visit, brief: false, problem: false });
    if (!question)
      return [
        commentScreen(
          language,
          words,
          { draft: visit.draft, problem },
          {
            reconsider,
            draft: (text) => {
              visit.draft = text;
            },
            comment: (text) =>
              write(async () => ({ name: 'done', comment: await session.comment(text) }), failed),
            finish: rest,
          },
        ),
        ways(language),
      ];
    const answers = () => answersTo(questions, visit.answers);
    const next = async () => {
      const wanted = answers();
      if (JSON.stringify(wanted) === JSON.stringify(visit.kept)) return stepTo(visit, step + 1);
      await write(async () => {
        await session.answer(wanted);
        visit.kept = wanted;
        return { name: 'step', visit, step: step + 1, problem: false };
      }, failed);
    };
    return [
      questionScreen(
        language,
        question,
        { answer: visit.answers[question.key], count: `${step + 1} / ${questions.length + 1}`, problem },
        {
          change: (answer) => {
            const { [question.key]: _, ...others } = visit.answers;
            visit.answers =
              answer === undefined ? others : ({ ...others, [question.key]: answer } as Answers);
          },
          next,
          back: step > 0 ? () => stepTo(visit, step - 1) : undefined,
          reconsider,
        },
      ),
    ];
  }

  function current(at: Place): HTMLElement {
    const words = wordsOf(at, language);
    switch (screen.name) {
      case 'closed':
        return closedScreen(language, at, () => {
          woken = true;
          lockedUntil = performance.now() + lockTime;
          go({ name: 'ask', problem: false });
        });
      case 'locked':
        return lockedScreen(language);
      case 'ask':
        return askScreen(language, words, screen.problem, choose);
      case 'done':
        return doneScreen(language, screen.comment, rest);
      case 'step':
        return h('main', { class: 'steps' }, hero(language, words, screen.visit.value), ...step(at, screen));
      case 'thanks': {
        const { visit, brief, problem } = screen;
        const state = { value: visit.value, brief, problem };
        const correct = (value: number) => {
          pressed = value;
          if (value === visit.value && !busy) return stepTo(visit, 0);
          return write(() => catchUp(visit, words), { name: 'thanks', visit, brief, problem: true });
        };
        return thanksScreen(language, words, state, { correct, goOn: () => stepTo(visit, 0) });
      }
    }
  }

  const speak = (other: Language) => {
    language = other;
    render();
    root.querySelector<HTMLElement>(`.languages [lang="${other}"]`)?.focus({ preventScroll: true });
  };

  const showStatus = () => place && status(place, language);

  function render(): void {
    if (!place) return;
    const at = place;
    beQuiet();
    document.documentElement.lang = language;
    document.documentElement.dir = catalogueOf(language).rating.dir;
    root.className = `kiosk at-${screen.name}`;
    root.replaceChildren(...frame(at, language, drainer, { speak, status: showStatus }, current(at)));
    idle.watch(!resting() && screen.name !== 'locked', quietTime(at));
  }

  whenVoicesChange(() => !paused && resting() && render());
  setInterval(() => {
    if (place && !paused && resting() && isOpen(place, Date.now()) === (screen.name === 'closed')) rest();
  }, 20_000);

  return {
    /**
     * Takes effect at once, or when whoever is answering has finished. `anew` false: nor does it take staff away from the
     * screen at which they pair or place the tablet.
     */
    settle(at: Place, anew = true): void {
      if (!paused && JSON.stringify(at) === JSON.stringify(awaited ?? place)) return;
      awaited = at;
      if (paused && !anew) return;
      const now = !place || resting();
      paused = false;
      if (now) rest();
    },
    /** Leaves the screen to something else until the next `settle`. */
    pause(): void {
      paused = true;
      clearTimeout(timer);
      idle.watch(false, 0);
      root.className = 'kiosk';
    },
    connectionChanged: () => showConnection(root, language, drainer),
    resting,
  };
}
