import type { PhoneTexts } from './nl.ts';

export const phone: PhoneTexts = {
  tag: 'pl-PL',
  menu: 'Aby wybrać język polski, naciśnij {key}.',
  greeting:
    'Dzień dobry. To krótka ankieta: {municipality}. Nie przechowujemy numeru telefonu i niczego nie nagrywamy.',
  question:
    'Jak ocenia nas Pani lub Pan po tej rozmowie? Proszę wybrać liczbę od 1 do 10, a następnie krzyżyk.',
  invalid: 'To nie jest liczba od 1 do 10.',
  silent: 'Nie otrzymaliśmy jeszcze oceny.',
  given: 'Podana ocena to {grade}.',
  change: 'Czy to się zgadza? Proszę nacisnąć 1. Aby podać inną ocenę, proszę nacisnąć 2.',
  yesNo: 'Jeśli tak, proszę nacisnąć 1. Jeśli nie, proszę nacisnąć 2.',
  option: '{label}: proszę nacisnąć {key}.',
  unknownKey: 'Nie znamy takiego wyboru.',
  thanks: 'Dziękujemy. Ta odpowiedź pomaga nam działać lepiej. Do widzenia.',
  goodbye: 'Nie otrzymaliśmy oceny. Dziękujemy i do widzenia.',
  failure: 'Przepraszamy, wystąpił u nas błąd. Prosimy spróbować później. Do widzenia.',
  grade1: 'jeden',
  grade2: 'dwa',
  grade3: 'trzy',
  grade4: 'cztery',
  grade5: 'pięć',
  grade6: 'sześć',
  grade7: 'siedem',
  grade8: 'osiem',
  grade9: 'dziewięć',
  grade10: 'dziesięć',
};
