import { dayOf, daypartOf, slotOf, slotsPerDay, startOfSlot } from '#shared/core/calendar.ts';
import { redact } from '#shared/core/redact.ts';
import { mark, type NewRating } from '../storage/port.ts';
import { normAnswers } from './answers.ts';
import { causesOn, type Variant } from './causes.ts';
import { answer } from './person.ts';
import { firstDay, type Place, placesOn } from './places.ts';
import { productsOn } from './products.ts';
import { poisson, type Random, randomFrom } from './random.ts';
import { busyHours, onlyFor } from './rhythms.ts';
import { uuid7 } from './uuid.ts';

export interface CityOptions {
  /** Milliseconds UTC: the history ends here. */
  now: number;
  seed?: number;
  variant?: Variant;
}

export const demoSeed = 79;
const hourLength = 3_600_000;

/** What one place is like on one day: which hours are open, how busy, and for which products. */
export function dayAt(place: Place, day: number, variant: Variant) {
  const causes = causesOn(day, variant).filter((cause) => cause.channel === place.channel);
  const openings = causes.flatMap((cause) => cause.opens ?? []);
  const only = onlyFor(place.rhythm, day, openings);
  const all = productsOn(place, day, causes, variant);
  const offered = all.filter(([product]) => only === null || only.includes(product));
  const products = offered.length > 0 ? offered : all;
  const busy = products.reduce((sum, [, weight]) => sum + weight, 0) * place.perDay;
  return { causes, products, perHour: busyHours(place.rhythm, day, openings).map((share) => share * busy) };
}

function* ratingsAt(place: Place, day: number, variant: Variant, random: Random): Generator<NewRating> {
  const { causes, products, perHour } = dayAt(place, day, variant);
  for (const [hour, expected] of perHour.entries()) {
    const slot = day * slotsPerDay + hour;
    const start = startOfSlot(slot);
    // In the night that summer time begins the clock skips an hour.
    if (slotOf(start) !== slot) continue;
    for (let left = poisson(random, expected); left > 0; left--) {
      const at = start + Math.floor(random.next() * hourLength);
      const given = answer(random, place, { day, daypart: daypartOf(hour), products, causes });
      const id = uuid7(at, random);
      yield {
        kind: 'rating',
        id,
        ...given,
        form: null,
        ...(place.method === undefined ? {} : { method: place.method }),
        at,
        receivedAt: at,
        givenAt: null,
        marks: place.method === undefined ? 0 : mark.imported,
        answers: place.method === undefined ? normAnswers(place.channel, given.grade, id) : null,
        comment: given.comment === null ? null : redact(given.comment),
      };
    }
  }
}

/**
 * All ratings of the demo city until now, in order of time. Every day has its own chance, so the history of today is
 * the beginning of the history of tomorrow.
 */
export function* city({ now, seed = demoSeed, variant = 'causes' }: CityOptions): Generator<NewRating> {
  const today = dayOf(now);
  for (let day = firstDay; day <= today; day++) {
    const random = randomFrom(seed, day);
    const ratings: NewRating[] = [];
    for (const place of placesOn(day)) ratings.push(...ratingsAt(place, day, variant, random));
    ratings.sort((a, b) => a.at - b.at);
    for (const rating of ratings) if (rating.at <= now) yield rating;
  }
}
