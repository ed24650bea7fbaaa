import type { nl } from './nl.ts';

export const en: Record<keyof typeof nl, string> = {
  code: 'Code of your app, or a recovery code',
  'code.needed': 'Type the code of your app.',
  'code.wrong': 'This code is not right.',
  'code.locked': 'Too many wrong codes. Try again in a quarter of an hour.',
  on: 'Sign in through the municipality',
  or: 'or with a password',
  passkey: 'Use a passkey',
  'passkey.stopped': 'Signing in with a passkey did not work. Try again, or use your password.',
  forgot: 'Forgot your password?',
  'forgot.about':
    'Type your e-mail address. If mail is set up you get a link. Otherwise ask your administrator for a link.',
  'forgot.send': 'Send a link',
  'forgot.sent': 'If this is the address of an account and mail is set up, a link is on its way.',
  'refused.no-role': 'You have no role for Klantpuls at the municipality. Ask your administrator.',
  'refused.no-email':
    'The municipality gave no e-mail address that can be used here. Ask your administrator.',
  'refused.disabled': 'Your account is disabled. Ask your administrator.',
  'refused.failed': 'Signing in through the municipality did not work. Try again.',
};
