import type { Language } from '#shared/messages/index.ts';
import { catalogueOf } from '#shared/messages/index.ts';
import { html, Markup } from './html.ts';

export interface Page {
  title: string;
  language: Language;
  municipality: string;
  main: Markup;
  /** Above the page's heading, such as the choice of a language. */
  head?: Markup;
  script?: string;
}

/** A whole document: name of the municipality, one column, ways to privacy and accessibility. */
export function renderPage({ title, language, municipality, main, head, script }: Page): string {
  const { page, rating } = catalogueOf(language);
  const document = html`<!doctype html>
<html lang="${language}" dir="${rating.dir}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${title} | ${municipality}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/assets-form/theme.css">
    <link rel="stylesheet" href="/assets-form/page.css">
    <link rel="stylesheet" href="/assets-form/form.css">
    ${script && html`<script src="${script}" defer></script>`}
  </head>
  <body>
    <a class="skip" href="#main">${page.skip}</a>
    <header><p>${municipality}</p>${head}</header>
    <main id="main">${main}</main>
    <footer>
      <a href="/privacy">${page.privacy}</a>
      <a href="/toegankelijkheid">${page.accessibility}</a>
    </footer>
  </body>
</html>
`;
  return document.text;
}

/** Links to the same page in every language that is offered, each by its own name. */
export function languageChoice(
  current: Language,
  offered: Language[],
  address: (language: Language) => string,
): Markup {
  if (offered.length < 2) return new Markup('');
  const entries = offered.map((language) => {
    const { name } = catalogueOf(language).rating;
    return language === current
      ? html`<li><span lang="${language}" aria-current="true">${name}</span></li>`
      : html`<li><a lang="${language}" hreflang="${language}" href="${address(language)}">${name}</a></li>`;
  });
  return html`<nav aria-label="${catalogueOf(current).page.languages}"><ul>${entries}</ul></nav>`;
}
