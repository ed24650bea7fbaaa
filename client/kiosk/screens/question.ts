import { limits } from '#shared/contract/limits.ts';
import type { FormQuestion } from '#shared/contract/questionnaire.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { type Child, h } from '../dom.ts';

type Answer = Answers[string] | undefined;
interface Ways {
  /** What was answered so far; without going on. */
  change(answer: Answer): void;
  next(): void;
  /** To the question before; there is none before the first. */
  back: (() => void) | undefined;
  /** A slip of the finger, or another mind. */
  reconsider(): void;
}

const press = (text: string, pressed: boolean, onclick: () => void) =>
  h('button', { type: 'button', class: 'option', 'aria-pressed': String(pressed), onclick }, text);

/** One follow-up question with large answers. A single choice goes on by itself; every question may be skipped. */
export function questionScreen(
  language: Language,
  { type, text, options }: FormQuestion,
  { answer, count, problem }: { answer: Answer; count: string; problem: boolean },
  { change, next, back, reconsider }: Ways,
): HTMLElement {
  const { rating, kiosk } = catalogueOf(language);
  const first = back === undefined;
  const choose = (value: Answer) => () => {
    change(value);
    next();
  };
  const several = new Set(Array.isArray(answer) ? answer : []);
  const toggle = (key: string) => (event: Event) => {
    const on = !several.delete(key);
    if (on) several.add(key);
    (event.currentTarget as Element).setAttribute('aria-pressed', String(on));
    change(
      several.size > 0 ? options.map((option) => option.key).filter((one) => several.has(one)) : undefined,
    );
  };
  const field = (): Child => {
    const area = h('textarea', {
      rows: 3,
      maxlength: limits.answerLength,
      autocomplete: 'off',
      dir: 'auto',
      'aria-labelledby': 'asked',
      oninput: () => change(area.value.trim() || undefined),
    });
    area.value = typeof answer === 'string' ? answer : '';
    return area;
  };
  const answers = (): Child[] => {
    switch (type) {
      case 'yes-no':
        return [
          press(rating.yes, answer === true, choose(true)),
          press(rating.no, answer === false, choose(false)),
        ];
      case 'choice':
        return options.map((option) => press(option.text, answer === option.key, choose(option.key)));
      case 'multiple':
        return options.map(({ key, text }) =>
          h(
            'button',
            {
              ...{ type: 'button', class: 'option several', 'aria-pressed': String(several.has(key)) },
              onclick: toggle(key),
            },
            text,
          ),
        );
      case 'text':
        return [field()];
    }
  };
  return h(
    'section',
    { class: 'step', 'aria-labelledby': 'asked' },
    h('p', { class: 'quiet' }, count),
    h('h2', { id: 'asked', tabindex: -1 }, text),
    first && h('p', { class: 'quiet' }, kiosk.reasons),
    problem && h('p', { class: 'problem', role: 'alert' }, kiosk.notStored),
    h('div', { class: 'options', role: 'group', 'aria-labelledby': 'asked' }, ...answers()),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'main', onclick: next }, kiosk.next),
      back && h('button', { type: 'button', onclick: back }, kiosk.back),
      h('button', { type: 'button', class: 'plain', onclick: reconsider }, kiosk.another),
    ),
  );
}
