import { limits } from '#shared/contract/limits.ts';
import type { Form, FormQuestion } from '#shared/contract/questionnaire.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { isAsked } from '#shared/core/questionnaire.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import { html, type Markup } from './html.ts';
import { fieldOf } from './submission.ts';

/** The values of the scale for which a question is asked, as classes: the style sheet shows it when one is chosen. */
function classesOf(question: FormQuestion, smileys: boolean): string {
  const values = Array.from({ length: smileys ? 5 : 10 }, (_, index) => index + 1);
  const asked = values.filter((value) => isAsked(question, smileys ? { smiley: value } : { grade: value }));
  return asked.map((value) => `for-${value}`).join(' ');
}

/** The follow-up questions; none has to be answered. */
export function renderQuestions(form: Form, answers: Answers, language: Language): Markup[] {
  const { rating, page } = catalogueOf(language);
  return form.questions.map((question) => {
    const { key, type, text, options } = question;
    const name = fieldOf(key);
    const answer = answers[key];
    const classes = `field question ${classesOf(question, form.scale === 'smiley')}`;
    const label = html`${text} <span class="note">${page.optional}</span>`;
    if (type === 'text')
      return html`<div class="${classes}"><label for="${name}">${label}</label>
        <textarea id="${name}" name="${name}" rows="2" maxlength="${limits.answerLength}" dir="auto" autocomplete="off">
${typeof answer === 'string' && answer}</textarea></div>`;
    const choices =
      type === 'yes-no'
        ? [
            { key: 'yes', text: rating.yes, on: answer === true },
            { key: 'no', text: rating.no, on: answer === false },
          ]
        : options.map((option) => ({
            ...option,
            on: Array.isArray(answer) ? answer.includes(option.key) : answer === option.key,
          }));
    return html`<fieldset class="${classes}"><legend>${label}</legend>
      <div class="options">${choices.map(
        ({ key: value, text: words, on }) =>
          html`<label><input type="${type === 'multiple' ? 'checkbox' : 'radio'}" name="${name}" value="${value}"${on && html` checked`}>${words}</label>`,
      )}</div></fieldset>`;
  });
}
