import type { Settings } from '../../storage/port.ts';
import { contactLink } from './contact.ts';
import { html } from './html.ts';
import { renderPage } from './page.ts';

/** What is known of it, and whom to tell, as the settings say. */
export function renderAccessibility({ municipality, contacts, languages }: Settings): string {
  const title = 'Iedereen moet een cijfer kunnen geven';
  return renderPage({
    title: `Toegankelijkheid: ${title}`,
    language: 'nl',
    municipality,
    main: html`<h1>${title}</h1>
      <p class="lead">Wij maken dit formulier volgens de regels voor toegankelijkheid: WCAG 2.2, niveau A en AA.</p>
      <h2>Zo werkt het</h2>
      <ul>
        <li>U kunt alles met alleen het toetsenbord doen.</li>
        <li>Een schermlezer leest elk cijfer voor als “7 van 10”.</li>
        <li>De knoppen zijn groot. Kleur is nergens de enige aanwijzing.</li>
        <li>Het formulier werkt ook zonder JavaScript.</li>
        <li>Beweging staat uit als u dat op uw apparaat zo heeft ingesteld.</li>
        ${languages.length > 1 && html`<li>U kunt het formulier in ${languages.length} talen gebruiken.</li>`}
      </ul>
      <h2>Wat wij hebben onderzocht</h2>
      <p>Bij elke nieuwe versie controleert een programma de pagina’s. Een onafhankelijk bureau heeft ze nog niet
        onderzocht. Daarom beloven wij niet dat alles goed is.</p>
      ${contacts.accessibilityPage && html`<p>De <a href="${contacts.accessibilityPage}">toegankelijkheidsverklaring van de gemeente</a> staat op een andere pagina.</p>`}
      <h2>Lukt iets niet?</h2>
      <p>Vertel het aan ${contactLink(contacts.accessibility, 'de gemeente')}. Wij antwoorden binnen vijf werkdagen. U kunt dan ook bellen of langskomen om uw mening te geven.</p>`,
  });
}
