/** What the widget carries along: keep it small. `{grade}` and the like are filled in by `fill`. */
export const rating = {
  name: 'Nederlands',
  dir: 'ltr',
  question: 'Welk cijfer geeft u ons?',
  lowest: 'heel slecht',
  highest: 'uitstekend',
  spoken: '{grade} van 10',
  keys: 'Kies met de pijltjes. Druk op Enter om te versturen.',
  thanks: 'Dank u wel.',
  given: 'U gaf ons een {grade}.',
  change: 'Verkeerd gekozen? Kies dan een ander cijfer.',
  commentLabel: 'Wilt u vertellen waarom? (optioneel)',
  commentNote: 'Wij halen persoonsgegevens weg voordat wij uw tekst bewaren.',
  send: 'Verstuur',
  stored: 'Dit hebben wij bewaard:',
  waiting: 'Nog niet verstuurd. Wij proberen het opnieuw. Laat deze pagina open.',
  failed: 'Dit is niet bewaard. Probeer het later nog een keer.',
  tooLate: 'U kunt dit cijfer niet meer veranderen.',
  contact: 'Heeft u een vraag? Neem contact op met de gemeente.',
  complaint: 'Heeft u een klacht? Vertel het de gemeente.',
  emergency: 'Is er direct gevaar? Bel 112.',
  notAnswered: 'U krijgt op dit formulier geen persoonlijk antwoord.',
  open: 'Feedback',
  close: 'Sluiten',
};

export const kiosk = {
  question: 'Welk cijfer geeft u ons voor vandaag?',
  anonymous: 'Wij vragen niet wie u bent en bewaren dat ook niet.',
  languages: 'Taal',
  offline: 'Geen verbinding. Uw cijfer wordt hier bewaard en later verstuurd.',
  change: 'Verkeerd gekozen? Druk op een ander cijfer.',
  another: 'Ander cijfer kiezen',
  finish: 'Klaar',
  idleTitle: 'Bent u er nog?',
  idleText: 'Over {seconds} seconden begint dit scherm opnieuw.',
  idleStay: 'Ja, ik ben er nog',
  idleReset: 'Nee, opnieuw beginnen',
  notStored: 'Uw cijfer is niet bewaard. Druk nog een keer.',
  commentNotStored: 'Uw tekst is niet bewaard. Druk nog een keer op Verstuur.',
};

export const page = {
  title: 'Geef uw cijfer',
  skip: 'Naar de inhoud',
  languages: 'Kies een taal',
  submit: 'Verstuur',
  problems: 'Dit ging niet goed',
  error: 'Fout',
  gradeMissing: 'Kies een cijfer van 1 tot en met 10.',
  commentTooLong: 'Uw tekst is te lang. Gebruik ten hoogste 2000 tekens.',
  commentCharacters: 'In uw tekst staan tekens die wij niet kunnen bewaren. Typ de tekst opnieuw.',
  notStored: 'Wij konden uw cijfer nu niet bewaren. Probeer het over een minuut nog een keer.',
  alreadySent: 'Wij hebben uw cijfer al ontvangen. U kunt het niet meer veranderen.',
  outdated: 'Dit formulier was verouderd. Wij hebben het vernieuwd. Verstuur het nog een keer.',
  received: 'Wij hebben uw cijfer ontvangen.',
  redacted: 'In uw tekst stonden persoonsgegevens. Die hebben wij weggehaald.',
  ways: 'Heeft u meer nodig?',
  unknownTitle: 'Dit adres bestaat niet',
  unknownText: 'Controleer het adres of scan de QR-code nog een keer.',
  privacy: 'Privacy',
  accessibility: 'Toegankelijkheid',
};

export type RatingTexts = Record<keyof typeof rating, string>;
export type KioskTexts = Record<keyof typeof kiosk, string>;
export type PageTexts = Record<keyof typeof page, string>;
