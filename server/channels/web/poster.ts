import type { Form } from '#shared/contract/questionnaire.ts';
import { catalogueOf, isLanguage, type Language } from '#shared/messages/index.ts';
import { poster } from '#shared/messages/poster.ts';
import { html } from './html.ts';

/** One sheet of A4: the question, the code, and the address for who does not scan. */
export function renderPoster(form: Form, address: string): string {
  const language: Language = isLanguage(form.language) ? form.language : 'nl';
  const offered = form.languages.filter(isLanguage);
  const { rating } = catalogueOf(language);
  const words = poster[language];
  const [protocol = '', short = address] = address.split('://');
  return html`<!doctype html>
<html lang="${language}" dir="${rating.dir}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light">
    <meta name="robots" content="noindex">
    <title>${form.question} | ${form.name}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/assets-form/theme.css">
    <link rel="stylesheet" href="/assets-form/poster.css">
  </head>
  <body>
    <nav class="choice" aria-label="${catalogueOf(language).page.languages}">
      <ul>${offered.map((other) => {
        const { name } = catalogueOf(other).rating;
        return other === language
          ? html`<li><span lang="${other}" aria-current="true">${name}</span></li>`
          : html`<li><a lang="${other}" hreflang="${other}" href="?language=${other}">${name}</a></li>`;
      })}</ul>
    </nav>
    <main class="sheet">
      <p class="municipality">${form.municipality}</p>
      <h1>${form.question}</h1>
      <p class="scan">${words.scan}</p>
      <p class="code"><img src="/q/${form.touchpoint}.svg" alt="QR: ${address}"></p>
      <p class="address">${words.or} <b dir="ltr">${protocol === 'https' ? short : address}</b></p>
      <p class="anonymous">${words.anonymous}</p>
      <ul class="languages">${offered.map((other) => html`<li lang="${other}">${catalogueOf(other).rating.name}</li>`)}</ul>
    </main>
  </body>
</html>
`.text;
}
