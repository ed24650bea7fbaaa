import { limits } from '#shared/contract/limits.ts';
import type { FormQuestion } from '#shared/contract/questionnaire.ts';
import type { Answers } from '#shared/contract/rating.ts';
import type { RatingTexts } from '#shared/messages/nl.ts';
import { h } from './dom.ts';

/** One question with its answers, empty until somebody chooses. */
function block({ key, type, text, options }: FormQuestion, texts: RatingTexts): HTMLElement {
  if (type === 'text') {
    const id = `q-${key}`;
    return h(
      'div',
      {},
      h('label', { for: id }, text),
      h('textarea', { id, name: key, rows: '2', maxlength: `${limits.answerLength}`, dir: 'auto' }),
    );
  }
  const choices =
    type === 'yes-no'
      ? [
          { key: 'yes', text: texts.yes },
          { key: 'no', text: texts.no },
        ]
      : options;
  const kind = type === 'multiple' ? 'checkbox' : 'radio';
  return h(
    'fieldset',
    {},
    h('legend', {}, text),
    h(
      'div',
      { class: 'options' },
      ...choices.map((option) =>
        h('label', {}, h('input', { type: kind, name: key, value: option.key }), option.text),
      ),
    ),
  );
}

/** The follow-up questions of a form: `show` those that belong to a grade, `answers` to the ones that are shown. */
export function followUp(questions: readonly FormQuestion[], texts: RatingTexts) {
  const blocks = questions.map((question) => ({ question, element: block(question, texts) }));
  return {
    elements: blocks.map(({ element }) => element),
    show(grade: number): void {
      for (const { question, element } of blocks)
        element.hidden = grade < question.from || grade > question.to;
    },
    answers(form: HTMLFormElement): Answers | undefined {
      const data = new FormData(form);
      const given: Answers = {};
      for (const { question, element } of blocks) {
        const all = element.hidden ? [] : data.getAll(question.key).map(String);
        const [first = ''] = all;
        if (first.trim())
          given[question.key] =
            question.type === 'multiple' ? all : question.type === 'yes-no' ? first === 'yes' : first;
      }
      return Object.keys(given).length ? given : undefined;
    },
  };
}
