import { limits } from '#shared/contract/limits.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { catalogueOf, isLanguage, type Language } from '#shared/messages/index.ts';
import { html, type Markup } from './html.ts';
import { languageChoice, renderPage } from './page.ts';
import { renderQuestions } from './questions.ts';
import { renderScale } from './scale.ts';

/** What stands in the form: empty at first, what was typed after an error. */
export interface Entry {
  id: string;
  grade?: number | undefined;
  smiley?: number | undefined;
  answers?: Answers;
  formToken?: string | undefined;
  product?: string | undefined;
  comment?: string | undefined;
}
/** One thing to repair; `field` is where. */
export interface Mistake {
  field?: 'grade' | 'comment' | undefined;
  text: string;
}

export const languageOf = (form: Form): Language => (isLanguage(form.language) ? form.language : 'nl');

const query = (values: Record<string, string | number | undefined>) => {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) given.set(key, String(value));
  return given.toString();
};

function renderSummary(mistakes: Mistake[], entry: Entry, title: string): Markup | false {
  const target = { grade: `grade-${entry.grade ?? entry.smiley ?? 1}`, comment: 'comment' };
  return (
    mistakes.length > 0 &&
    html`<div class="summary" role="group" aria-labelledby="errors" tabindex="-1" autofocus>
      <h2 id="errors">${title}</h2>
      <ul>${mistakes.map(({ field, text }) => html`<li>${field ? html`<a href="#${target[field]}">${text}</a>` : text}</li>`)}</ul>
    </div>`
  );
}

/** `path`: where the form is, and where it posts to. */
export function renderForm(form: Form, entry: Entry, mistakes: Mistake[], path: string): string {
  const language = languageOf(form);
  const { rating, page } = catalogueOf(language);
  const at = (field: Mistake['field']) => mistakes.find((mistake) => mistake.field === field);
  const wrong = at('comment');
  const main = html`${renderSummary(mistakes, entry, page.problems)}
  <form method="post" action="${path}" novalidate>
    <input type="hidden" name="id" value="${entry.id}">
    <input type="hidden" name="language" value="${language}">
    ${entry.product && html`<input type="hidden" name="product" value="${entry.product}">`}
    <input type="hidden" name="form" value="${form.version}">
    ${entry.formToken && html`<input type="hidden" name="formToken" value="${entry.formToken}">`}
    <div class="trap" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off"></div>
    ${renderScale(form, entry, at('grade'), language)}
    ${renderQuestions(form, entry.answers ?? {}, language)}
    <div class="field">
      <label for="comment">${form.commentLabel}</label>
      <p class="note" id="comment-note">${rating.commentNote}</p>
      ${wrong && html`<p class="error" id="comment-error"><b>${page.error}:</b> ${wrong.text}</p>`}
      <textarea id="comment" name="comment" rows="4" maxlength="${limits.commentLength}" dir="auto" autocomplete="off"
        aria-describedby="${wrong && 'comment-error '}comment-note"${wrong && html` aria-invalid="true"`}>
${entry.comment}</textarea>
    </div>
    <button>${page.submit}</button>
  </form>`;
  const address = (other: Language) =>
    `${path}?${query({ language: other, grade: entry.grade, smiley: entry.smiley, product: entry.product })}`;
  return renderPage({
    title: mistakes.length ? `${page.error}: ${form.question}` : form.question,
    language,
    municipality: form.municipality,
    head: languageChoice(language, form.languages.filter(isLanguage), address),
    main,
  });
}
