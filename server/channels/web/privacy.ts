import { html } from './html.ts';
import { renderPage } from './page.ts';

export function renderPrivacy(municipality: string): string {
  const title = 'Wat wij van u bewaren, en wat niet';
  return renderPage({
    title,
    language: 'nl',
    municipality,
    main: html`<h1>${title}</h1>
      <p class="lead">U geeft een cijfer. Meer hoeft niet. Wij vragen niet wie u bent.</p>
      <h2>Dit bewaren wij</h2>
      <ul>
        <li>uw cijfer en het moment waarop u het gaf</li>
        <li>waar u het gaf: bijvoorbeeld bij balie 1, of op welke pagina</li>
        <li>de taal die u koos</li>
        <li>als u dat wilt: uw tekst, zonder de persoonsgegevens die wij erin herkennen</li>
      </ul>
      <h2>Dit bewaren wij niet</h2>
      <ul>
        <li>uw naam, adres of burgerservicenummer</li>
        <li>uw IP-adres</li>
        <li>gegevens op uw telefoon of computer: wij gebruiken geen cookies</li>
      </ul>
      <h2>Persoonsgegevens in uw tekst</h2>
      <p>Voordat wij uw tekst bewaren, haalt een programma er persoonsgegevens uit. Het herkent e-mailadressen,
        rekeningnummers, telefoonnummers en andere lange nummers, zoals een burgerservicenummer. Namen en adressen
        herkent het niet altijd. Schrijf die daarom niet op.</p>
      <h2>Waarvoor wij het gebruiken</h2>
      <p>Met de cijfers zien wij hoe goed onze dienstverlening is en wat er beter moet. Alleen medewerkers die
        daaraan werken, lezen de teksten. Wij kunnen u niet antwoorden, want wij weten niet wie u bent.</p>
      <h2>Vragen over privacy</h2>
      <p>Stel uw vraag aan de functionaris gegevensbescherming van de gemeente. Vindt u dat wij verkeerd met
        gegevens omgaan? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens.</p>`,
  });
}
