/** What a caller hears. `{grade}` and the like are filled in; a recording can take the place of each. */
export const phone = {
  tag: 'nl-NL',
  menu: 'Voor Nederlands, druk op {key}.',
  greeting:
    'Goedendag. Dit is de korte vragenlijst van {municipality}. Wij bewaren uw telefoonnummer niet en nemen niets op.',
  question:
    'Welk cijfer geeft u ons voor dit gesprek? Toets een cijfer van 1 tot en met 10, en daarna een hekje.',
  invalid: 'Dat is geen cijfer van 1 tot en met 10.',
  silent: 'Wij hebben nog geen cijfer ontvangen.',
  given: 'U gaf een {grade}.',
  change: 'Klopt dat? Druk op 1. Wilt u een ander cijfer geven? Druk op 2.',
  yesNo: 'Voor ja, druk op 1. Voor nee, druk op 2.',
  option: 'Voor {label}, druk op {key}.',
  unknownKey: 'Die keuze kennen wij niet.',
  thanks: 'Dank u wel. Met uw antwoord maken wij het beter. Tot ziens.',
  goodbye: 'Wij hebben geen cijfer ontvangen. Dank u wel en tot ziens.',
  failure: 'Het spijt ons, er gaat nu iets mis bij ons. Probeer het later nog een keer. Tot ziens.',
  grade1: 'één',
  grade2: 'twee',
  grade3: 'drie',
  grade4: 'vier',
  grade5: 'vijf',
  grade6: 'zes',
  grade7: 'zeven',
  grade8: 'acht',
  grade9: 'negen',
  grade10: 'tien',
};

export type PhoneTexts = Record<keyof typeof phone, string>;
