import type { Form } from '#shared/contract/questionnaire.ts';
import { mouths } from '#shared/messages/faces.ts';
import { fill } from '#shared/messages/fill.ts';
import { catalogueOf, type Language } from '#shared/messages/index.ts';
import type { Entry, Mistake } from './form.ts';
import { html, type Markup } from './html.ts';

const face = (
  smiley: number,
) => html`<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><circle
  class="eye" cx="8.5" cy="9.5" r="1.3"/><circle class="eye" cx="15.5" cy="9.5" r="1.3"/><path d="${mouths[smiley - 1]}"/></svg>`;

const smileyWord = (language: Language, smiley: number) =>
  catalogueOf(language).rating[`smiley${smiley}` as 'smiley1'];

/** Ten numbers or five faces, with the question as their legend. */
export function renderScale(
  form: Form,
  entry: Entry,
  mistake: Mistake | undefined,
  language: Language,
): Markup {
  const { rating, page } = catalogueOf(language);
  const smileys = form.scale === 'smiley';
  const chosen = smileys ? entry.smiley : entry.grade;
  const name = smileys ? 'smiley' : 'grade';
  const targets = Array.from({ length: smileys ? 5 : 10 }, (_, index) => {
    const value = index + 1;
    const word = smileys ? smileyWord(language, value) : '';
    const end = value === 1 ? form.lowest : value === 10 ? form.highest : '';
    const spoken = smileys
      ? fill(rating.spokenSmiley, { smiley: value, word })
      : fill(rating.spoken, { grade: value }) + (end && `, ${end}`);
    return html`<label><input type="radio" name="${name}" value="${value}" id="grade-${value}" aria-label="${spoken}"${
      value === chosen && html` checked`
    }>${smileys ? html`${face(value)}<span class="word" aria-hidden="true">${word}</span>` : html`<span aria-hidden="true">${value}</span>`}</label>`;
  });
  return html`<fieldset${mistake && html` aria-invalid="true" aria-describedby="grade-error"`}>
    <legend><h1>${form.question}</h1></legend>
    ${mistake && html`<p class="error" id="grade-error"><b>${page.error}:</b> ${mistake.text}</p>`}
    <div class="${smileys ? 'grades smileys' : 'grades'}">${targets}</div>
    ${!smileys && html`<div class="ends" aria-hidden="true"><span>${form.lowest}</span><span>${form.highest}</span></div>`}
  </fieldset>`;
}
