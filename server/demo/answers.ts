import type { Answers } from '#shared/contract/rating.ts';
import type { ServiceNorm } from '#shared/contract/service-norms.ts';

/** Promises of the demo city, and which channel asks whether they were kept. */
export const norms: ServiceNorm[] = [
  {
    ...{ key: 'binnen-10-minuten', promise: 'Aan de balie binnen 10 minuten geholpen' },
    ...{ question: 'wachttijd', confirms: ['kort'], target: 0.8, retired: false },
  },
  {
    ...{ key: 'in-een-keer', promise: 'Een aanvraag lukt in één keer' },
    ...{ question: 'gelukt', confirms: [true], target: 0.9, retired: false },
  },
];
export const answerKeys = norms.map(({ question }) => question);

/** Of how many people answer, and how likely the promise was kept at grade 1 and at grade 10. */
const answering = 0.4;
const kept = { lowest: 0.35, highest: 0.97 };

/** A part of the id that is chance: so that answers take nothing of the chance of the city, whose grades stay as they are. */
const chanceOf = (id: string, from: number): number =>
  Number.parseInt(id.replaceAll('-', '').slice(from, from + 4), 16) / 2 ** 16;

/** What somebody answers to the question of a promise; null for who skips it, or is not asked. */
export function normAnswers(channel: string, grade: number | null, id: string): Answers | null {
  const asked = channel === 'balie' ? 'wachttijd' : channel === 'digitaal' ? 'gelukt' : null;
  if (asked === null || grade === null || chanceOf(id, 24) >= answering) return null;
  const chance = kept.lowest + ((kept.highest - kept.lowest) * (grade - 1)) / 9;
  const isKept = chanceOf(id, 28) < chance;
  return asked === 'wachttijd' ? { wachttijd: isKept ? 'kort' : 'lang' } : { gelukt: isKept };
}
