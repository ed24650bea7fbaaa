import { html } from './html.ts';
import { renderPage } from './page.ts';

/** For whoever puts the widget on a website: how it looks, and what to copy. */
export function renderExample(
  municipality: string,
  origin: string,
  touchpoint: string,
  pinned: { path: string; integrity: string } | null,
): string {
  const link = `${origin}/f/${touchpoint}`;
  const snippet = (attributes: string) =>
    `<script src="${origin}/widget.js" defer></script>\n` +
    `<klantpuls-rating touchpoint="${touchpoint}"${attributes}>\n` +
    `  <a href="${link}">Geef ons een cijfer</a>\n` +
    '</klantpuls-rating>';
  const fallback = html`<a href="${link}">Geef ons een cijfer</a>`;
  return renderPage({
    title: 'De widget op uw website',
    language: 'nl',
    municipality,
    script: '/widget.js',
    main: html`<h1>De widget op uw website</h1>
      <p class="lead">De widget neemt letters en kleuren over van de pagina waarop hij staat. Hij plaatst geen cookies
        en bewaart niets bij de bezoeker.</p>

      <h2>In de pagina</h2>
      <div class="example"><klantpuls-rating touchpoint="${touchpoint}">${fallback}</klantpuls-rating></div>
      <pre tabindex="0" role="region" aria-label="Code van de widget in de pagina"><code>${snippet('')}</code></pre>

      <h2>Achter een knop</h2>
      <div class="example">
        <klantpuls-rating touchpoint="${touchpoint}" mode="button">${fallback}</klantpuls-rating>
      </div>
      <pre tabindex="0" role="region" aria-label="Code van de widget achter een knop"><code>${snippet(' mode="button"')}</code></pre>

      ${
        pinned &&
        html`<h2>Altijd precies deze versie</h2>
      <p>Het adres hierboven krijgt vanzelf elke verbetering. Wilt u zelf bepalen wanneer? Gebruik dan dit adres: wat
        erachter staat verandert nooit, en de browser controleert het.</p>
      <pre tabindex="0" role="region" aria-label="Code van de widget in één vaste versie"><code>&lt;script src="${origin}${pinned.path}"
  integrity="${pinned.integrity}"
  crossorigin="anonymous" defer&gt;&lt;/script&gt;</code></pre>`
      }

      <h2>Wat u kunt instellen</h2>
      <dl>
        <dt><code>language="en"</code></dt>
        <dd>De taal. Zonder dit neemt de widget de taal van de pagina (<code>lang</code>).</dd>
        <dt><code>product="…"</code></dt>
        <dd>Het product waar de pagina over gaat, zoals het in de instellingen staat.</dd>
        <dt><code>contact="/contact"</code> en <code>complaint="/klacht"</code></dt>
        <dd>Adressen achter “Heeft u een vraag?” en “Heeft u een klacht?”.</dd>
        <dt><code>sample="0.25"</code></dt>
        <dd>Toont de widget aan een kwart van de bezoekers, door loting. De anderen zien de gewone link.</dd>
        <dt><code>--klantpuls-accent</code>, <code>--klantpuls-on-accent</code>, <code>--klantpuls-radius</code>,
          <code>--klantpuls-background</code>, <code>--klantpuls-color</code></dt>
        <dd>CSS-variabelen voor kleuren en hoeken. De laatste twee zijn die van het venster achter de knop.</dd>
        <dt><code>klantpuls:rated</code></dt>
        <dd>Deze gebeurtenis meldt aan uw pagina dat een antwoord is bewaard, met <code>detail.grade</code> of
          <code>detail.smiley</code>.</dd>
      </dl>

      <h2>Wat uw website moet toestaan</h2>
      <p>Zet het adres van uw website bij het contactpunt in Klantpuls. Heeft uw website een
        Content-Security-Policy? Voeg dan dit toe:</p>
      <pre tabindex="0" role="region" aria-label="Regels voor de Content-Security-Policy"><code>script-src ${origin}
connect-src ${origin}</code></pre>`,
  });
}
