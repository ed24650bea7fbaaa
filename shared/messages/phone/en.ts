import type { PhoneTexts } from './nl.ts';

export const phone: PhoneTexts = {
  tag: 'en-GB',
  menu: 'For English, press {key}.',
  greeting:
    'Hello. This is the short survey of {municipality}. We do not keep your telephone number and we record nothing.',
  question:
    'Which grade do you give us for this call? Key in a number from 1 to 10, followed by the hash key.',
  invalid: 'That is not a number from 1 to 10.',
  silent: 'We have not received a grade yet.',
  given: 'You gave {grade}.',
  change: 'Is that right? Press 1. Would you like to give another grade? Press 2.',
  yesNo: 'For yes, press 1. For no, press 2.',
  option: 'For {label}, press {key}.',
  unknownKey: 'We do not know that choice.',
  thanks: 'Thank you. Your answer helps us to do better. Goodbye.',
  goodbye: 'We have not received a grade. Thank you, and goodbye.',
  failure: 'We are sorry, something is going wrong on our side. Please try again later. Goodbye.',
  grade1: 'one',
  grade2: 'two',
  grade3: 'three',
  grade4: 'four',
  grade5: 'five',
  grade6: 'six',
  grade7: 'seven',
  grade8: 'eight',
  grade9: 'nine',
  grade10: 'ten',
};
