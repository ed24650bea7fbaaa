import { catalogueOf, languages } from '#shared/messages/index.ts';
import { html } from './html.ts';
import { renderPage } from './page.ts';

/** For an address that leads nowhere: which language the reader speaks is unknown, so every one of them. */
export function renderUnknown(municipality: string): string {
  const { page } = catalogueOf('nl');
  const others = languages.filter((language) => language !== 'nl');
  return renderPage({
    title: page.unknownTitle,
    language: 'nl',
    municipality,
    main: html`<h1>${page.unknownTitle}</h1>
      <p class="lead">${page.unknownText}</p>
      ${others.map((language) => {
        const { page, rating } = catalogueOf(language);
        return html`<p lang="${language}" dir="${rating.dir}">${page.unknownTitle}. ${page.unknownText}</p>`;
      })}`,
  });
}
