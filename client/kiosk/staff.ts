import type { Language } from '#shared/messages/index.ts';

const nl = {
  setupTitle: 'Waar staat dit scherm?',
  setupText:
    'Vul de sleutel van het contactpunt in. U vindt die in Klantpuls bij Instellingen, Contactpunten. Het scherm onthoudt het.',
  setupLabel: 'Sleutel van het contactpunt',
  setupExample: 'Bijvoorbeeld: balie-1',
  setupButton: 'Gebruik dit contactpunt',
  setupUnknown: 'Dit contactpunt bestaat niet. Controleer de sleutel.',
  setupOffline: 'De server antwoordt niet. Controleer de verbinding en probeer het nog een keer.',
  status: 'Status van dit scherm',
  touchpoint: 'Contactpunt',
  connection: 'Verbinding',
  fine: 'in orde',
  offline: 'geen verbinding; alles blijft hier bewaard',
  busy: 'de server is bezet; wij proberen het straks weer',
  unpaired: 'dit scherm mag niet versturen; koppel het opnieuw. Alles blijft hier bewaard',
  waiting: 'Nog te versturen',
  lastSent: 'Laatst verstuurd',
  never: 'nog niet sinds de start',
  persisted: 'Opslag blijvend',
  yes: 'ja',
  no: 'nee, de browser mag de opslag wissen als die vol is',
  version: 'Versie',
  rejected: 'Geweigerd door de server',
  none: 'geen',
  sendNow: 'Verstuur nu',
  close: 'Sluiten',
};

const en: typeof nl = {
  setupTitle: 'Where does this screen stand?',
  setupText:
    'Fill in the key of the touchpoint. You find it in Klantpuls under Settings, Touchpoints. The screen remembers it.',
  setupLabel: 'Key of the touchpoint',
  setupExample: 'For example: balie-1',
  setupButton: 'Use this touchpoint',
  setupUnknown: 'This touchpoint does not exist. Check the key.',
  setupOffline: 'The server does not answer. Check the connection and try again.',
  status: 'Status of this screen',
  touchpoint: 'Touchpoint',
  connection: 'Connection',
  fine: 'fine',
  offline: 'no connection; everything is kept here',
  busy: 'the server is busy; we will try again shortly',
  unpaired: 'this screen may not send; pair it again. Everything is kept here',
  waiting: 'Still to send',
  lastSent: 'Last sent',
  never: 'not since the start',
  persisted: 'Storage is persistent',
  yes: 'yes',
  no: 'no, the browser may clear it when it runs out of room',
  version: 'Version',
  rejected: 'Refused by the server',
  none: 'none',
  sendNow: 'Send now',
  close: 'Close',
};

/** What only staff read: in Dutch, and in English for whoever uses another language. */
export const staffTexts = (language: Language): typeof nl => (language === 'nl' ? nl : en);
