import { monthOfDay } from '#shared/core/calendar.ts';
import { type Cause, touches, type Variant } from './causes.ts';
import type { Place } from './places.ts';

/** How much better or worse than the rest people grade a product, wherever they ask for it. */
const likes: Readonly<Record<string, number>> = {
  'paspoort-aanvragen': 0.1,
  'identiteitskaart-aanvragen': 0.1,
  'rijbewijs-aanvragen': 0.2,
  'uittreksel-brp': 0.4,
  'parkeervergunning-aanvragen': -1.2,
  'geboorte-aangeven': 0.7,
  'grofvuil-ophalen': 0.2,
  'omgevingsvergunning-aanvragen': -0.9,
  'melding-openbare-ruimte': -0.3,
  'huwelijk-melden': 0.8,
  'bijzondere-bijstand': -0.6,
};

/** January to December. */
const seasons: Readonly<Record<string, readonly number[]>> = {
  'paspoort-aanvragen': [0.9, 0.9, 1, 1.1, 1.5, 1.7, 1.4, 0.8, 0.7, 0.7, 0.7, 0.7],
  'identiteitskaart-aanvragen': [0.9, 0.9, 1, 1.1, 1.3, 1.4, 1.3, 0.9, 0.8, 0.8, 0.8, 0.8],
  'verhuizing-doorgeven': [0.9, 0.9, 0.9, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1, 0.9, 0.8],
  'grofvuil-ophalen': [0.9, 0.9, 1.1, 1.2, 1.2, 1.1, 1, 0.9, 1, 1, 0.9, 0.8],
  'huwelijk-melden': [0.8, 0.9, 1.1, 1.2, 1.3, 1.2, 1, 0.9, 1, 0.9, 0.8, 0.8],
  'omgevingsvergunning-aanvragen': [0.9, 1, 1.2, 1.2, 1.1, 1.1, 0.8, 0.8, 1, 1, 1, 0.7],
};

/** How the grade of a product differs from that of the place. */
export function likingOf(place: Place, product: string): number {
  const shares = Object.entries(place.products);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  const centre = shares.reduce((sum, [key, share]) => sum + share * (likes[key] ?? 0), 0) / total;
  return (likes[product] ?? 0) - centre;
}

/** The weight of every product on a day, with season and shifted mix; together 1 in a year without either. */
export function productsOn(
  place: Place,
  day: number,
  today: readonly Cause[],
  variant: Variant,
): [string, number][] {
  const total = Object.values(place.products).reduce((sum, share) => sum + share, 0);
  const weights = Object.entries(place.products).map(([key, share]): [string, number] => {
    const season = variant === 'no-change' ? 1 : (seasons[key]?.[monthOfDay(day) % 12] ?? 1);
    return [key, (share / total) * season];
  });
  for (const cause of today) {
    const shifted = weights.find(
      ([product]) =>
        cause.kind === 'mix' && touches(cause, { ...place, product, daypart: cause.daypart ?? 'morning' }),
    );
    if (!shifted) continue;
    // More people come for this product, as many as before for the others.
    const others = weights.reduce((sum, [, weight]) => sum + weight, 0) - shifted[1];
    const share = shifted[1] / (others + shifted[1]) + cause.size;
    shifted[1] = (others * share) / (1 - share);
  }
  return weights;
}
