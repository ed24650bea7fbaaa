import type { Language } from './index.ts';

export interface PosterTexts {
  scan: string;
  or: string;
  anonymous: string;
}

/** On the printed poster beside the question of the touchpoint. */
export const poster: Record<Language, PosterTexts> = {
  nl: {
    scan: 'Richt de camera van uw telefoon op de code.',
    or: 'Of ga naar',
    anonymous: 'Wij vragen niet wie u bent.',
  },
  en: {
    scan: 'Point the camera of your phone at the code.',
    or: 'Or go to',
    anonymous: 'We do not ask who you are.',
  },
  de: {
    scan: 'Richten Sie die Kamera Ihres Telefons auf den Code.',
    or: 'Oder gehen Sie zu',
    anonymous: 'Wir fragen nicht, wer Sie sind.',
  },
  tr: {
    scan: 'Telefonunuzun kamerasını koda tutun.',
    or: 'Ya da şu adrese gidin:',
    anonymous: 'Kim olduğunuzu sormuyoruz.',
  },
  ar: {
    scan: 'وجّه كاميرا هاتفك نحو الرمز.',
    or: 'أو انتقل إلى',
    anonymous: 'نحن لا نسأل من أنت.',
  },
  pl: {
    scan: 'Skieruj aparat telefonu na kod.',
    or: 'Lub wejdź na',
    anonymous: 'Nie pytamy, kim Pan/Pani jest.',
  },
  uk: {
    scan: 'Наведіть камеру телефона на код.',
    or: 'Або перейдіть на',
    anonymous: 'Ми не питаємо, хто ви.',
  },
};
