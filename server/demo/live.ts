import { setTimeout as pause } from 'node:timers/promises';
import { dayOf, daypartOf, hourOfSlot, slotOf } from '#shared/core/calendar.ts';
import { normAnswers } from './answers.ts';
import { dayAt } from './city.ts';
import { type Answer, answer } from './person.ts';
import { placesOn } from './places.ts';
import { pickWeighted, type Random, randomFrom } from './random.ts';
import { sender } from './sender.ts';
import type { Tablet } from './tablets.ts';
import { uuid7 } from './uuid.ts';

export interface LiveOptions {
  url: string;
  signal: AbortSignal;
  /** Their ratings come with a token; those of a silent one do not come. */
  tablets?: readonly Tablet[];
  /** Milliseconds between two ratings, on average. */
  every?: number;
  /** Milliseconds that somebody takes to write a comment, at least. */
  writing?: number;
  seed?: number;
  now?: () => number;
  report?: (line: string) => void;
}

/** Somebody of the city of now, at any place as often as it is busy: also when desks are closed, or nothing moves at night. */
export function somebody(random: Random, now: number): Answer {
  const day = dayOf(now);
  const place = pickWeighted(
    random,
    placesOn(day).map((one) => [one, one.perDay] as const),
  );
  const { causes, products } = dayAt(place, day, 'causes');
  return answer(random, place, { day, daypart: daypartOf(hourOfSlot(slotOf(now))), products, causes });
}

/** Sends ratings to a running server until it is told to stop; answers how many arrived. */
export async function live(options: LiveOptions): Promise<number> {
  const { url, signal, every = 1500, writing = 3000, now = Date.now, report = () => {} } = options;
  const random = randomFrom(options.seed ?? now());
  const tabletAt = new Map(options.tablets?.map((tablet) => [tablet.touchpoint, tablet]));
  const server = sender({ url, signal, report });
  const rest = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => {});
  const comments = new Set<Promise<unknown>>();
  let arrived = 0;

  const addComment = async (id: string, comment: string, token: string | undefined) => {
    await rest(writing * (1 + 2 * random.next()));
    await server.send('PATCH', `/api/v1/ratings/${id}`, { comment }, token);
  };

  while (!signal.aborted) {
    // Waiting times of people who come independently of each other; nobody waits minutes for the next one.
    await rest(Math.min(-Math.log(1 - random.next()), 5) * every);
    if (signal.aborted) break;
    const at = now();
    const { comment, ...given } = somebody(random, at);
    const tablet = tabletAt.get(given.touchpoint);
    if (tablet?.silentSince) continue;
    const id = uuid7(at, random);
    const channel = placesOn(dayOf(at)).find(({ touchpoint }) => touchpoint === given.touchpoint)?.channel;
    const answers = normAnswers(channel ?? '', given.grade, id);
    const later = comment !== null && random.next() < 0.6;
    const rating = { id, ...given, answers, comment: later ? null : comment };
    const body = Object.fromEntries(Object.entries(rating).filter(([, value]) => value !== null));
    if (!(await server.send('POST', '/api/v1/ratings', body, tablet?.token))) continue;
    arrived++;
    if (later && comment !== null) {
      const adding = addComment(id, comment, tablet?.token).finally(() => comments.delete(adding));
      comments.add(adding);
    }
  }
  await Promise.all(comments);
  return arrived;
}
