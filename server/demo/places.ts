import { dayOfDate } from '#shared/core/calendar.ts';
import type { Shape } from './grades.ts';
import type { RhythmName } from './rhythms.ts';

/** One touchpoint in one way of asking: where it stands, how busy it is and how people grade it. */
export interface Place {
  touchpoint: string;
  channel: string;
  from: string;
  to?: string;
  /** Only an earlier way of asking has a name; the present one is that of the touchpoint. */
  method?: string;
  /** Ratings on an ordinary Tuesday. */
  perDay: number;
  /** The mean without any cause, in its own scale. */
  level: number;
  shape: Shape;
  rhythm: RhythmName;
  /** Share of comments compared with other places. */
  talkative: number;
  /** Shares of the products; "" is none. */
  products: Readonly<Record<string, number>>;
}

const deskProducts = {
  'paspoort-aanvragen': 30,
  'identiteitskaart-aanvragen': 18,
  'rijbewijs-aanvragen': 22,
  'uittreksel-brp': 8,
  'verhuizing-doorgeven': 5,
  'geboorte-aangeven': 5,
  'huwelijk-melden': 3,
  'parkeervergunning-aanvragen': 4,
  'bijzondere-bijstand': 2,
  '': 3,
};
const onlineProducts = {
  'rijbewijs-aanvragen': 17,
  'uittreksel-brp': 23,
  'parkeervergunning-aanvragen': 12,
  'geboorte-aangeven': 9,
  'grofvuil-ophalen': 17,
  'omgevingsvergunning-aanvragen': 9,
  'huwelijk-melden': 5,
  'bijzondere-bijstand': 8,
};

const desk = {
  channel: 'balie',
  from: '2024-07-01',
  shape: 'desk',
  rhythm: 'desk',
  talkative: 0.9,
  products: deskProducts,
} as const;
const online = {
  channel: 'digitaal',
  from: '2024-07-01',
  shape: 'digital',
  rhythm: 'always',
  talkative: 1.1,
} as const;
const web = { channel: 'web', from: '2024-10-01', shape: 'web', rhythm: 'always', talkative: 1.15 } as const;

export const surveyMethod = 'Vragenlijst per e-mail (tot juli 2024)';

/** The roll-out: the year report says which channel is measured since when. */
export const places: readonly Place[] = [
  {
    ...online,
    touchpoint: 'digitaal-product',
    from: '2023-01-01',
    to: '2024-06-30',
    method: surveyMethod,
    perDay: 22,
    level: 7,
    shape: 'survey',
    products: { ...onlineProducts, 'verhuizing-doorgeven': 25, 'melding-openbare-ruimte': 15 },
  },
  { ...desk, touchpoint: 'balie-1', perDay: 16, level: 7.3 },
  { ...desk, touchpoint: 'balie-2', perDay: 14, level: 7.2 },
  { ...desk, touchpoint: 'balie-3', perDay: 12, level: 7.3 },
  { ...desk, touchpoint: 'balie-oost', perDay: 13, level: 6.8 },
  {
    ...desk,
    touchpoint: 'balie-receptie',
    from: '2025-03-03',
    perDay: 9,
    level: 4.15,
    shape: 'smileys',
    talkative: 0.5,
    products: { '': 1 },
  },
  { ...online, touchpoint: 'digitaal-product', perDay: 18, level: 6.62, products: onlineProducts },
  {
    ...online,
    touchpoint: 'digitaal-verhuizing',
    perDay: 8,
    level: 6.8,
    products: { 'verhuizing-doorgeven': 1 },
  },
  {
    ...online,
    touchpoint: 'digitaal-melding',
    perDay: 7,
    level: 6.3,
    products: { 'melding-openbare-ruimte': 1 },
  },
  {
    ...web,
    touchpoint: 'website',
    perDay: 20,
    level: 6.2,
    products: {
      '': 40,
      'grofvuil-ophalen': 18,
      'paspoort-aanvragen': 14,
      'melding-openbare-ruimte': 10,
      'verhuizing-doorgeven': 8,
      'parkeervergunning-aanvragen': 6,
      'omgevingsvergunning-aanvragen': 4,
    },
  },
  {
    ...web,
    touchpoint: 'website-afspraak',
    perDay: 7,
    level: 6.7,
    products: { 'paspoort-aanvragen': 45, 'identiteitskaart-aanvragen': 25, 'rijbewijs-aanvragen': 30 },
  },
  {
    touchpoint: 'telefoon-14079',
    channel: 'telefoon',
    from: '2025-01-06',
    perDay: 24,
    level: 7,
    shape: 'phone',
    rhythm: 'phone',
    talkative: 0.5,
    products: {
      '': 35,
      'grofvuil-ophalen': 18,
      'paspoort-aanvragen': 14,
      'melding-openbare-ruimte': 11,
      'parkeervergunning-aanvragen': 8,
      'bijzondere-bijstand': 7,
      'verhuizing-doorgeven': 7,
    },
  },
];

const periods = new Map(
  places.map((place) => [
    place,
    [dayOfDate(place.from), place.to ? dayOfDate(place.to) : Number.POSITIVE_INFINITY] as const,
  ]),
);

export const firstDay = Math.min(...[...periods.values()].map(([from]) => from));
export const placesOn = (day: number): Place[] =>
  places.filter((place) => {
    const [from, to] = periods.get(place) ?? [Number.POSITIVE_INFINITY, 0];
    return from <= day && day <= to;
  });
