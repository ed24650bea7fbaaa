import { limits } from '#shared/contract/limits.ts';
import type { Form } from '#shared/contract/questionnaire.ts';
import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, isLanguage, type Language } from '#shared/messages/index.ts';
import { html, type Markup } from './html.ts';
import { languageChoice, renderPage } from './page.ts';

/** What stands in the form: empty at first, what was typed after an error. */
export interface Entry {
  id: string;
  grade?: number | undefined;
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

function renderGrades(
  form: Form,
  chosen: number | undefined,
  mistake: Mistake | undefined,
  language: Language,
): Markup {
  const { rating, page } = catalogueOf(language);
  const squares = Array.from({ length: 10 }, (_, index) => {
    const grade = index + 1;
    const end = grade === 1 ? form.lowest : grade === 10 ? form.highest : '';
    const name = fill(rating.spoken, { grade }) + (end && `, ${end}`);
    return html`<label><input type="radio" name="grade" value="${grade}" id="grade-${grade}" aria-label="${name}"${
      grade === chosen && html` checked`
    }><span aria-hidden="true">${grade}</span></label>`;
  });
  return html`<fieldset${mistake && html` aria-invalid="true" aria-describedby="grade-error"`}>
    <legend><h1>${form.question}</h1></legend>
    ${mistake && html`<p class="error" id="grade-error"><b>${page.error}:</b> ${mistake.text}</p>`}
    <div class="grades">${squares}</div>
    <div class="ends" aria-hidden="true"><span>${form.lowest}</span><span>${form.highest}</span></div>
  </fieldset>`;
}

function renderSummary(mistakes: Mistake[], entry: Entry, title: string): Markup | false {
  const target = { grade: `grade-${entry.grade ?? 1}`, comment: 'comment' };
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
    ${renderGrades(form, entry.grade, at('grade'), language)}
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
    `${path}?${query({ language: other, grade: entry.grade, product: entry.product })}`;
  return renderPage({
    title: mistakes.length ? `${page.error}: ${form.question}` : form.question,
    language,
    municipality: form.municipality,
    head: languageChoice(language, form.languages.filter(isLanguage), address),
    main,
  });
}
