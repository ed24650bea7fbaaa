import type { ComponentType } from 'react';
import type { Account, Permission } from '#shared/contract/access.ts';
import type { DashboardPage } from '#shared/contract/pages.ts';
import { may } from '#shared/contract/permissions.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { Home } from './Home.tsx';
import type { Language } from './messages/messages.ts';
import { figureSearch, type Search, whySearch } from './search.ts';

/** The menu has three parts: what the figures say, what is done about them, and how it is set up. */
export const placeGroups = ['figures', 'improve', 'administration'] as const;

export interface Place {
  /** In the administration: /beheer/SECTION. */
  path: DashboardPage;
  name: Record<Language, string>;
  /** One line on the overview of the administration. */
  about?: Record<Language, string>;
  group: (typeof placeGroups)[number];
  /** Who does not have it is shown no link, and told so at the address. Without one: everybody who is signed in. */
  permission?: Permission;
  /** The page, fetched when it is first opened; it renders `Page` with its content. */
  load: () => Promise<{ default: ComponentType<{ account: Account }> }>;
  /** What the menu takes along of the address; `figureSearch` for the pages about figures, else the language only. */
  search?: (search: Search) => Search;
}

/** The overview of the administration, there for who may see any of its sections. */
export const administration: Place = {
  path: '/beheer',
  name: { nl: 'Beheer', en: 'Administration' },
  group: 'administration',
  load: () => import('./administration/AdministrationPage.tsx'),
};

/** Of whoever is signed in; its link stands with their name. */
export const ownAccount: Place = {
  path: '/account',
  name: { nl: 'Mijn account', en: 'My account' },
  group: 'administration',
  load: () => import('./people/AccountPage.tsx'),
};

/** Every page of the dashboard, in the order of the menu. A new page is a line here. */
export const places: readonly Place[] = [
  {
    path: '/',
    name: { nl: 'Nu', en: 'Now' },
    group: 'figures',
    permission: 'figures',
    load: async () => ({ default: Home }),
    search: figureSearch,
  },
  {
    path: '/verloop',
    name: { nl: 'Verloop', en: 'Trend' },
    group: 'figures',
    permission: 'figures',
    load: () => import('./trend/TrendPage.tsx'),
    search: figureSearch,
  },
  {
    path: '/ritme',
    name: { nl: 'Ritme', en: 'Rhythm' },
    group: 'figures',
    permission: 'figures',
    load: () => import('./rhythm/RhythmPage.tsx'),
    search: figureSearch,
  },
  {
    path: '/spreiding',
    name: { nl: 'Spreiding', en: 'Spread' },
    group: 'figures',
    permission: 'figures',
    load: () => import('./spread/SpreadPage.tsx'),
    search: figureSearch,
  },
  {
    path: '/waarom',
    name: { nl: 'Waarom', en: 'Why' },
    group: 'figures',
    permission: 'figures',
    load: () => import('./why/WhyPage.tsx'),
    search: (search) => whySearch(search, dayOf(Date.now())),
  },
  {
    path: '/reacties',
    name: { nl: 'Reacties', en: 'Comments' },
    group: 'improve',
    permission: 'comments',
    load: () => import('./reactions/ReactionsPage.tsx'),
    search: figureSearch,
  },
  {
    path: '/signalen',
    name: { nl: 'Signalen', en: 'Signals' },
    group: 'improve',
    permission: 'figures',
    load: () => import('./signals/SignalsPage.tsx'),
    search: figureSearch,
  },
  {
    path: '/servicenormen',
    name: { nl: 'Servicenormen', en: 'Service norms' },
    group: 'improve',
    permission: 'figures',
    load: () => import('./norms/NormsPage.tsx'),
    search: figureSearch,
  },
  {
    path: '/jaarcijfers',
    name: { nl: 'Jaarcijfers', en: 'Year table' },
    group: 'improve',
    permission: 'figures',
    load: () => import('./year-table/YearTablePage.tsx'),
  },
  {
    path: '/beheer/contactpunten',
    name: { nl: 'Contactpunten', en: 'Touchpoints' },
    about: {
      nl: 'Kanalen en plekken waar u om een cijfer vraagt: widget, QR-code, poster, proef.',
      en: 'Channels and places where you ask for a grade: widget, QR code, poster, trial.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./collect/TouchpointsPage.tsx'),
  },
  {
    path: '/beheer/vragenlijsten',
    name: { nl: 'Vragenlijsten', en: 'Questionnaires' },
    about: {
      nl: 'Wat u vraagt: cijfer of smileys, vervolgvragen, talen.',
      en: 'What you ask: grade or smileys, follow-up questions, languages.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./collect/QuestionnairePage.tsx'),
  },
  {
    path: '/beheer/apparaten',
    name: { nl: 'Apparaten', en: 'Devices' },
    about: {
      nl: 'Tablets koppelen, zien of ze het doen, openingstijden.',
      en: 'Pair tablets, see whether they work, opening hours.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./collect/DevicesPage.tsx'),
  },
  {
    path: '/beheer/producten',
    name: { nl: 'Producten', en: 'Products' },
    about: { nl: 'Waar een cijfer over kan gaan.', en: 'What a grade can be about.' },
    group: 'administration',
    permission: 'administration',
    load: () => import('./collect/ProductsPage.tsx'),
  },
  {
    path: '/beheer/uitnodigingen',
    name: { nl: 'Uitnodigingen', en: 'Invitations' },
    about: {
      nl: 'Mensen per mail of SMS om een cijfer vragen, de respons, en wat er verstuurd wordt.',
      en: 'Ask people for a grade by mail or SMS, the response, and what is being sent.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./outgoing/InvitationsPage.tsx'),
  },
  {
    path: '/beheer/webhooks',
    name: { nl: 'Webhooks', en: 'Webhooks' },
    about: {
      nl: 'Andere systemen meteen laten weten wat er gebeurt.',
      en: 'Tell other systems at once what happens.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./outgoing/WebhooksPage.tsx'),
  },
  {
    path: '/beheer/telefoon',
    name: { nl: 'Telefoon', en: 'Telephone' },
    about: {
      nl: 'Telefoonlijnen instellen en proberen, en links van een eerdere meting laten werken.',
      en: 'Set up and try telephone lines, and keep links of an earlier survey working.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./telephone/TelephonePage.tsx'),
  },
  {
    path: '/beheer/gebruikers',
    name: { nl: 'Gebruikers', en: 'Users' },
    about: { nl: 'Wie er in mag, en wat ieder ziet', en: 'Who may enter, and what each of them sees' },
    group: 'administration',
    permission: 'administration',
    load: () => import('./people/UsersPage.tsx'),
  },
  {
    path: '/beheer/sleutels',
    name: { nl: 'Sleutels', en: 'Tokens' },
    about: { nl: 'Toegang voor andere systemen', en: 'Access for other systems' },
    group: 'administration',
    permission: 'administration',
    load: () => import('./people/TokensPage.tsx'),
  },
  {
    path: '/beheer/logboek',
    name: { nl: 'Logboek', en: 'Audit log' },
    about: { nl: 'Wie wat deed, en wie reacties las', en: 'Who did what, and who read comments' },
    group: 'administration',
    permission: 'audit',
    load: () => import('./people/AuditPage.tsx'),
  },
  {
    path: '/beheer/privacy',
    name: { nl: 'Privacy', en: 'Privacy' },
    about: {
      nl: 'Bewaartermijnen, wat de redactie weghaalt, en teksten wissen voor wie daarom vraagt.',
      en: 'Retention periods, what the redaction takes out, and erasing texts for whoever asks.',
    },
    group: 'administration',
    permission: 'privacy',
    load: () => import('./privacy/PrivacyPage.tsx'),
  },
  {
    path: '/beheer/gezondheid',
    name: { nl: 'Gezondheid', en: 'Health' },
    about: {
      nl: 'Schijf, reservekopie, bewaartermijnen, post en versie.',
      en: 'Disk, backup, retention, mail and version.',
    },
    group: 'administration',
    permission: 'administration',
    load: () => import('./health/HealthPage.tsx'),
  },
];

export const mayEnter = (account: Account, { permission }: Place): boolean =>
  permission === undefined || may(account.role, permission);

export const sectionsFor = (account: Account): Place[] =>
  places.filter((place) => place.group === 'administration' && mayEnter(account, place));

/** The items of one part of the menu; the administration is one item, its sections are its own menu. */
export function menuFor(account: Account, group: Place['group']): Place[] {
  if (group === 'administration') return sectionsFor(account).length > 0 ? [administration] : [];
  return places.filter((place) => place.group === group && mayEnter(account, place));
}

/** The first page that somebody can see, for who comes to an address without knowing one. */
export const firstPlaceFor = (account: Account): Place | undefined =>
  places.find((place) => mayEnter(account, place));

export const searchTo = (place: Place, search: Search): Search => {
  const { taal } = search;
  return place.search ? place.search(search) : taal ? { taal } : {};
};
