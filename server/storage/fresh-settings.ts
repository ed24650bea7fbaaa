import type { SettingsFile } from '#shared/contract/settings.ts';

/** What a municipality starts with: four channels, one open touchpoint each. */
export const freshSettings: SettingsFile = {
  municipality: 'Gemeente',
  languages: ['nl', 'en', 'de', 'tr', 'ar', 'pl', 'uk'],
  viewerThreshold: 1,
  wallboardThreshold: 5,
  falseAlarmsPerYear: 1,
  deskByHour: true,
  answerKeys: [],
  channels: [
    { key: 'balie', name: 'Balie' },
    { key: 'web', name: 'Website' },
    { key: 'digitaal', name: 'Digitaal' },
    { key: 'telefoon', name: 'Telefoon' },
  ],
  touchpoints: [
    ['balie-1', 'Balie 1', 'balie'],
    ['website', 'Website', 'web'],
    ['digitaal-product', 'Digitaal product', 'digitaal'],
    ['telefoon-14079', 'Telefoon 14 079', 'telefoon'],
  ].map(([key = '', name = '', channel = '']) => ({
    key,
    name,
    channel,
    location: null,
    origins: [],
    trial: false,
    retired: false,
  })),
};

/** Settings that are one value each, kept as JSON under their name. */
export const scalars = [
  'municipality',
  'answerKeys',
  'viewerThreshold',
  'wallboardThreshold',
  'falseAlarmsPerYear',
  'deskByHour',
  'themes',
  'closedDays',
  'aggressionAddress',
  'retention',
  'contacts',
] as const;
