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
  channel: { nl: 'zonder kanaal', en: 'without a channel' },
  touchpoint: { nl: 'zonder contactpunt', en: 'without a touchpoint' },
  location: { nl: 'zonder locatie', en: 'without a location' },
  product: { nl: 'zonder product', en: 'without a product' },
  language: { nl: 'taal onbekend', en: 'language unknown' },
  daypart: { nl: 'dagdeel onbekend', en: 'part of the day unknown' },
};

export function labelOf(
  labels: Labels,
  dimension: ExplainDimension,
  key: string,
  language: 'nl' | 'en',
): string {
  const own = dimension === 'daypart' ? dayparts[key] : undefined;
  // Nobody gave it a name: what is told of it is that there is none.
  const label = key === '' ? without[dimension] : (labels[dimension]?.[key] ?? own ?? key);
  return typeof label === 'string' ? label : label[language];
}
