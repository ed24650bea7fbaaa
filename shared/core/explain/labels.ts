import type { ExplainDimension } from '../../contract/explanation.ts';

export type Label = string | { nl: string; en: string };
/** Per dimension and key. What is missing here has the label below, or its own key. */
export type Labels = Partial<Record<ExplainDimension, Readonly<Record<string, Label>>>>;

const dayparts: Readonly<Record<string, Label>> = {
  night: { nl: 'nacht', en: 'night' },
  morning: { nl: 'ochtend', en: 'morning' },
  afternoon: { nl: 'middag', en: 'afternoon' },
  evening: { nl: 'avond', en: 'evening' },
};
const without: Readonly<Record<ExplainDimension, Label>> = {
  channel: { nl: 'geen kanaal', en: 'no channel' },
  touchpoint: { nl: 'geen contactpunt', en: 'no touchpoint' },
  location: { nl: 'geen locatie', en: 'no location' },
  product: { nl: 'geen product', en: 'no product' },
  language: { nl: 'geen taal', en: 'no language' },
  daypart: { nl: 'geen dagdeel', en: 'no part of the day' },
};

export function labelOf(
  labels: Labels,
  dimension: ExplainDimension,
  key: string,
  language: 'nl' | 'en',
): string {
  const own = key === '' ? without[dimension] : dimension === 'daypart' ? dayparts[key] : undefined;
  const label = labels[dimension]?.[key] ?? own ?? key;
  return typeof label === 'string' ? label : label[language];
}
