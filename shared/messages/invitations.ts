import type { Language } from './index.ts';

/** The words of a mail or SMS that asks for a grade. */
export interface LetterTexts {
  subject: string;
  subjectWithProduct: string;
  reminder: string;
  greeting: string;
  aanvraag: string;
  aanvraagWithProduct: string;
  afhandeling: string;
  afhandelingWithProduct: string;
  question: string;
  how: string;
  lowest: string;
  highest: string;
  grade: string;
  anonymous: string;
  once: string;
  closing: string;
  unsubscribe: string;
  sms: string;
  smsWithProduct: string;
}

export const letters: Record<'nl' | 'en', LetterTexts> = {
  nl: {
    subject: 'Welk cijfer geeft u ons?',
    subjectWithProduct: 'Welk cijfer geeft u ons? {product}',
    reminder: 'Herinnering: {subject}',
    greeting: 'Beste inwoner,',
    aanvraag: 'U heeft bij ons iets aangevraagd.',
    aanvraagWithProduct: 'U heeft bij ons iets aangevraagd: {product}.',
    afhandeling: 'Wij hebben uw aanvraag afgehandeld.',
    afhandelingWithProduct: 'Wij hebben uw aanvraag afgehandeld: {product}.',
    question: 'Welk cijfer geeft u ons hiervoor?',
    how: 'Kies een cijfer. Er opent een pagina waarop u het cijfer nog kunt veranderen. Wij ontvangen het pas als u daar op Verstuur drukt.',
    lowest: 'heel slecht',
    highest: 'uitstekend',
    grade: 'Cijfer {grade}',
    anonymous: 'Wij vragen niet wie u bent. Uw e-mailadres wissen wij zodra wij u hierover niet meer mailen.',
    once: 'U kunt de link één keer gebruiken, tot en met {until}.',
    closing: 'Met vriendelijke groet,',
    unsubscribe: 'Wilt u zulke vragen niet meer krijgen? Meld u hier af:',
    sms: '{municipality}: welk cijfer geeft u ons voor uw aanvraag? {link} Geen vragen meer: {unsubscribe}',
    smsWithProduct:
      '{municipality}: welk cijfer geeft u ons voor {product}? {link} Geen vragen meer: {unsubscribe}',
  },
  en: {
    subject: 'What grade do you give us?',
    subjectWithProduct: 'What grade do you give us? {product}',
    reminder: 'Reminder: {subject}',
    greeting: 'Dear resident,',
    aanvraag: 'You have sent us an application.',
    aanvraagWithProduct: 'You have sent us an application: {product}.',
    afhandeling: 'We have dealt with your application.',
    afhandelingWithProduct: 'We have dealt with your application: {product}.',
    question: 'What grade do you give us for this?',
    how: 'Choose a grade. A page opens on which you can still change it. We only receive it when you press Send there.',
    lowest: 'very poor',
    highest: 'excellent',
    grade: 'Grade {grade}',
    anonymous:
      'We do not ask who you are. We erase your e-mail address as soon as we no longer mail you about this.',
    once: 'You can use the link once, until {until}.',
    closing: 'Kind regards,',
    unsubscribe: 'Would you rather not get such questions? Unsubscribe here:',
    sms: '{municipality}: what grade do you give us for your application? {link} No more questions: {unsubscribe}',
    smsWithProduct:
      '{municipality}: what grade do you give us for {product}? {link} No more questions: {unsubscribe}',
  },
};

/** What stands on the pages behind such a message. */
export interface InvitationPageTexts {
  closedTitle: string;
  closedText: string;
  leaveTitle: string;
  leaveText: string;
  leave: string;
  leftTitle: string;
  leftText: string;
}

export const invitationPages: Record<Language, InvitationPageTexts> = {
  nl: {
    closedTitle: 'U kunt geen cijfer meer geven',
    closedText: 'Deze link is al gebruikt of is verlopen.',
    leaveTitle: 'Afmelden',
    leaveText: 'Wilt u van ons geen vragen om een cijfer meer krijgen?',
    leave: 'Meld mij af',
    leftTitle: 'U bent afgemeld',
    leftText: 'U krijgt van ons geen vragen om een cijfer meer. Uw adres bewaren wij niet.',
  },
  en: {
    closedTitle: 'You can no longer give a grade',
    closedText: 'This link has been used or has expired.',
    leaveTitle: 'Unsubscribe',
    leaveText: 'Would you rather not be asked for a grade by us again?',
    leave: 'Unsubscribe me',
    leftTitle: 'You are unsubscribed',
    leftText: 'We will not ask you for a grade again. We do not keep your address.',
  },
  de: {
    closedTitle: 'Sie können keine Note mehr geben',
    closedText: 'Dieser Link wurde schon benutzt oder ist abgelaufen.',
    leaveTitle: 'Abmelden',
    leaveText: 'Möchten Sie von uns nicht mehr nach einer Note gefragt werden?',
    leave: 'Mich abmelden',
    leftTitle: 'Sie sind abgemeldet',
    leftText: 'Wir fragen Sie nicht mehr nach einer Note. Ihre Adresse speichern wir nicht.',
  },
  tr: {
    closedTitle: 'Artık not veremezsiniz',
    closedText: 'Bu bağlantı kullanılmış ya da süresi dolmuş.',
    leaveTitle: 'Abonelikten çık',
    leaveText: 'Sizden bir daha not istememizi istemiyor musunuz?',
    leave: 'Beni listeden çıkar',
    leftTitle: 'Listeden çıkarıldınız',
    leftText: 'Sizden bir daha not istemeyeceğiz. Adresinizi saklamıyoruz.',
  },
  ar: {
    closedTitle: 'لم يعد بإمكانك إعطاء درجة',
    closedText: 'تم استخدام هذا الرابط أو انتهت صلاحيته.',
    leaveTitle: 'إلغاء الاشتراك',
    leaveText: 'هل تريد ألا نطلب منك درجة بعد الآن؟',
    leave: 'ألغِ اشتراكي',
    leftTitle: 'تم إلغاء اشتراكك',
    leftText: 'لن نطلب منك درجة مرة أخرى. نحن لا نحتفظ بعنوانك.',
  },
  pl: {
    closedTitle: 'Nie można już wystawić oceny',
    closedText: 'Ten link został już użyty lub wygasł.',
    leaveTitle: 'Wypisz się',
    leaveText: 'Czy nie chce Pan/Pani otrzymywać od nas próśb o ocenę?',
    leave: 'Wypisz mnie',
    leftTitle: 'Wypisano z listy',
    leftText: 'Nie będziemy już prosić o ocenę. Nie przechowujemy adresu.',
  },
  uk: {
    closedTitle: 'Оцінку вже не можна поставити',
    closedText: 'Це посилання вже використано або термін його дії минув.',
    leaveTitle: 'Відписатися',
    leaveText: 'Не хочете більше отримувати від нас прохання про оцінку?',
    leave: 'Відписати мене',
    leftTitle: 'Вас відписано',
    leftText: 'Ми більше не проситимемо вас про оцінку. Вашу адресу ми не зберігаємо.',
  },
};
