import type { PhoneTexts } from './nl.ts';

export const phone: PhoneTexts = {
  tag: 'tr-TR',
  menu: 'Türkçe için {key} tuşuna basın.',
  greeting:
    'Merhaba. Bu, {municipality} kısa anketidir. Telefon numaranızı saklamıyoruz ve hiçbir şey kaydetmiyoruz.',
  question:
    'Bu görüşme için bize kaç puan veriyorsunuz? 1 ile 10 arasında bir sayı tuşlayın, sonra kare tuşuna basın.',
  invalid: 'Bu, 1 ile 10 arasında bir sayı değil.',
  silent: 'Henüz bir puan almadık.',
  given: 'Verdiğiniz puan: {grade}.',
  change: 'Doğru mu? 1 tuşuna basın. Başka bir puan vermek ister misiniz? 2 tuşuna basın.',
  yesNo: 'Evet için 1 tuşuna basın. Hayır için 2 tuşuna basın.',
  option: '{label} için {key} tuşuna basın.',
  unknownKey: 'Bu seçeneği tanımıyoruz.',
  thanks: 'Teşekkür ederiz. Yanıtınız daha iyi olmamıza yardım ediyor. Hoşça kalın.',
  goodbye: 'Puan almadık. Teşekkür ederiz, hoşça kalın.',
  failure: 'Özür dileriz, şu anda bizde bir sorun var. Lütfen daha sonra tekrar deneyin. Hoşça kalın.',
  grade1: 'bir',
  grade2: 'iki',
  grade3: 'üç',
  grade4: 'dört',
  grade5: 'beş',
  grade6: 'altı',
  grade7: 'yedi',
  grade8: 'sekiz',
  grade9: 'dokuz',
  grade10: 'on',
};
