import type { Settings } from '../../storage/port.ts';
import { contactLink } from './contact.ts';
import { html } from './html.ts';
import { renderPage } from './page.ts';

const months = (count: number) =>
  count % 12 === 0
    ? count === 12
      ? '1 jaar'
      : `${count / 12} jaar`
    : count === 1
      ? '1 maand'
      : `${count} maanden`;

/** What is kept and how long, and whom to ask, as the settings say. */
export function renderPrivacy({ municipality, retention, contacts }: Settings): string {
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
        telefoonnummers, rekeningnummers, een burgerservicenummer en andere lange nummers, kentekens, geboortedatums, en
        adressen met een huisnummer. Namen herkent het niet altijd. Schrijf die daarom niet op. U ziet wat wij bewaren.</p>
      <h2>Hoe lang wij het bewaren</h2>
      <ul>
        <li>uw tekst: ${months(retention.commentMonths)}</li>
        <li>uw cijfer: ${months(retention.ratingMonths)}. Daarna weten wij alleen nog hoe vaak elk cijfer is gegeven.</li>
        <li>een reservekopie: ${retention.backupDays} dagen langer</li>
      </ul>
      <h2>Waarvoor wij het gebruiken</h2>
      <p>Met de cijfers zien wij hoe goed onze dienstverlening is en wat er beter moet. Alleen medewerkers die
        daaraan werken, lezen de teksten. Wij kunnen u niet antwoorden, want wij weten niet wie u bent.</p>
      <h2>Vragen over privacy</h2>
      <p>Wilt u weten wat u schreef, of wilt u uw tekst laten wissen? Vertel ons wat u schreef, en waar en wanneer. Dan
        zoeken wij uw tekst op.</p>
      <p>Stel uw vraag aan ${contactLink(contacts.privacy, 'de functionaris gegevensbescherming van de gemeente')}.
        ${contacts.privacyPage && html`Lees ook <a href="${contacts.privacyPage}">hoe de gemeente met gegevens omgaat</a>.`}
        Vindt u dat wij verkeerd met
        gegevens omgaan? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens.</p>`,
  });
}
