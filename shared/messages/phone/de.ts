import type { PhoneTexts } from './nl.ts';

export const phone: PhoneTexts = {
  tag: 'de-DE',
  menu: 'Für Deutsch drücken Sie die {key}.',
  greeting:
    'Guten Tag. Dies ist die kurze Umfrage von {municipality}. Wir speichern Ihre Telefonnummer nicht und zeichnen nichts auf.',
  question:
    'Welche Note geben Sie uns für dieses Gespräch? Geben Sie eine Zahl von 1, sehr schlecht, bis 10, ausgezeichnet, ein und drücken Sie dann die Rautetaste.',
  invalid: 'Das ist keine Zahl von 1 bis 10.',
  silent: 'Wir haben noch keine Note erhalten.',
  given: 'Ihre Note ist {grade}.',
  change: 'Stimmt das? Drücken Sie die 1. Möchten Sie eine andere Note geben? Drücken Sie die 2.',
  yesNo: 'Für Ja drücken Sie die 1. Für Nein drücken Sie die 2.',
  option: 'Für {label} drücken Sie die {key}.',
  unknownKey: 'Diese Auswahl kennen wir nicht.',
  thanks: 'Vielen Dank. Ihre Antwort hilft uns, besser zu werden. Auf Wiederhören.',
  goodbye: 'Wir haben keine Note erhalten. Vielen Dank und auf Wiederhören.',
  failure:
    'Es tut uns leid, bei uns ist ein Fehler aufgetreten. Bitte versuchen Sie es später noch einmal. Auf Wiederhören.',
  grade1: 'eins',
  grade2: 'zwei',
  grade3: 'drei',
  grade4: 'vier',
  grade5: 'fünf',
  grade6: 'sechs',
  grade7: 'sieben',
  grade8: 'acht',
  grade9: 'neun',
  grade10: 'zehn',
};
