import type { Form } from '#shared/contract/questionnaire.ts';
import { catalogueOf } from '#shared/messages/index.ts';
import { languageOf } from './form.ts';
import { html } from './html.ts';
import { renderPage } from './page.ts';

/** Where a person can go from here; the text stands without a link when the municipality gave no address. */
export interface Ways {
  contact?: string | undefined;
  complaint?: string | undefined;
}

export function renderThanks(form: Form, redacted: boolean, ways: Ways, change?: string): string {
  const language = languageOf(form);
  const { rating, page } = catalogueOf(language);
  const way = (key: keyof Ways) =>
    html`<li>${ways[key] ? html`<a href="${ways[key]}">${rating[key]}</a>` : rating[key]}</li>`;
  return renderPage({
    title: rating.thanks,
    language,
    municipality: form.municipality,
    main: html`<h1>${rating.thanks}</h1>
      <p class="lead">${page.received}</p>
      ${redacted && html`<p>${page.redacted}</p>`}
      ${change && html`<p><a href="${change}">${page.correct}</a></p>`}
      <section aria-labelledby="ways">
        <h2 id="ways">${page.ways}</h2>
        <ul class="ways">
          <li>${rating.notAnswered}</li>${way('contact')}${way('complaint')}<li><b>${rating.emergency}</b></li>
        </ul>
      </section>`,
  });
}
