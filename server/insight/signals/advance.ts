import { dayOf } from '#shared/core/calendar.ts';
import { falls } from '#shared/core/detector.ts';
import type { Arrival, NewSignal, Reader, Settings } from '../../storage/port.ts';
import type { ReadingThread } from '../../storage/thread.ts';
import { type Place, postsOf } from './places.ts';
import { referencesOf, signalReferenceDays } from './reference.ts';
import { alarmAt, bet, isLive, type Sentry, sentryAt, signalOf } from './sentry.ts';

/** All that is kept between two rounds. */
export interface Watch {
  /** The bets by which the evidence was gathered. */
  bets: readonly number[];
  /** Number of the last rating that was looked at. */
  position: number;
  /** Day on which places without a sentry were last looked at; null: look again. */
  day: number | null;
  sentries: Sentry[];
}
export const watchFrom = (position: number): Watch => ({ bets: falls, position, day: null, sentries: [] });

/** Evidence of other bets is worth nothing: it is gathered again from the ratings themselves. */
export function continued(kept: Watch): Watch {
  if (JSON.stringify(kept.bets) === JSON.stringify(falls)) return kept;
  return {
    ...kept,
    bets: falls,
    position: Math.min(kept.position, ...kept.sentries.map(({ after }) => after)),
    sentries: kept.sentries.map((sentry) => sentryAt(sentry, sentry.reference, sentry.after)),
  };
}

export interface Round {
  watch: Watch;
  /** Places with an open signal. */
  open: Place[];
  /** Ratings to look at, at most. */
  most: number;
  today: number;
}
export interface Advanced {
  watch: Watch;
  raised: NewSignal[];
  /** How many ratings were looked at. */
  seen: number;
  /** Whether a sentry came or went. */
  posted: boolean;
}

/** Below this part of its threshold a sentry found nothing that is lost when it begins anew. */
const quiet = 0.01;

/** Runs in the reading thread: what came in since the last round, rating by rating. */
export async function answer(reader: Reader, { watch, open, most, today }: Round): Promise<Advanced> {
  const arrivals = await reader.arrivals(watch.position, most);
  // After the ratings: their placements are known by then.
  const advancing = new Advancing(reader, reader.settings(), watch, open);
  for (const arrival of arrivals) await advancing.take(arrival);
  if (arrivals.length < most) await advancing.look(today);
  const { raised, posted } = advancing;
  return { watch, raised, seen: arrivals.length, posted };
}

class Advancing {
  readonly raised: NewSignal[] = [];
  posted = false;
  readonly #reader: Reader;
  readonly #settings: Settings;
  readonly #watch: Watch;
  readonly #open: Place[];
  readonly #count: number;
  readonly #methods: ReadonlyMap<number, number>;

  constructor(reader: Reader, settings: Settings, watch: Watch, open: Place[]) {
    this.#reader = reader;
    this.#settings = settings;
    this.#watch = watch;
    this.#open = open;
    this.#count = postsOf(settings, []).length;
    this.#methods = new Map(settings.placements.map(({ id, method }) => [id, method]));
    this.#dismiss();
  }

  async take(arrival: Arrival): Promise<void> {
    const { number, placement, grade, at, receivedAt } = arrival;
    await this.look(dayOf(receivedAt));
    this.#watch.position = number;
    const method = this.#methods.get(placement);
    if (!isLive(arrival) || method === undefined) return;
    for (const sentry of this.#watch.sentries) {
      if (number <= sentry.after || !sentry.reference.methods.includes(method)) continue;
      bet(sentry, grade!, at);
      if (sentry.state.e < this.#threshold(sentry)) continue;
      this.raised.push(signalOf(sentry, receivedAt, this.#threshold(sentry)));
      this.#open.push(sentry);
      this.#dismiss();
      return;
    }
  }

  /** Once a day: sentries for places without one, and new references for those that found nothing for long. */
  async look(day: number): Promise<void> {
    if (this.#watch.day !== null && day <= this.#watch.day) return;
    this.#watch.day = day;
    const sentries = new Map(this.#watch.sentries.map((sentry) => [nameOf(sentry), sentry]));
    const posts = postsOf(this.#settings, this.#open);
    const wanting = posts.filter((post) => {
      const sentry = sentries.get(nameOf(post));
      if (!sentry) return true;
      const old = day - sentry.reference.to > signalReferenceDays;
      return old && sentry.state.e < quiet * this.#threshold(sentry);
    });
    if (wanting.length === 0) return;
    const references = await referencesOf(this.#reader, this.#settings, wanting, day);
    for (const [i, reference] of references.entries()) {
      if (!reference) continue;
      sentries.set(nameOf(wanting[i]!), sentryAt(wanting[i]!, reference, this.#watch.position));
      this.posted = true;
    }
    this.#watch.sentries = posts.flatMap((post) => sentries.get(nameOf(post)) ?? []);
  }

  #threshold(sentry: Sentry): number {
    return alarmAt(sentry, this.#count, this.#settings.falseAlarmsPerYear);
  }

  /** Sentries whose place is watched no longer, or is not the same any more: other touchpoints, or asked in another way. */
  #dismiss(): void {
    const posts = new Map(postsOf(this.#settings, this.#open).map((post) => [nameOf(post), post]));
    const staying = this.#watch.sentries.filter((sentry) => {
      const post = posts.get(nameOf(sentry));
      return post?.methods.join() === sentry.reference.methods.join();
    });
    if (staying.length === this.#watch.sentries.length) return;
    this.#watch.sentries = staying;
    this.#watch.day = null;
    this.posted = true;
  }
}

const nameOf = ({ scope, key }: Place): string => `${scope} ${key}`;

export const askAdvance = (thread: ReadingThread, round: Round): Promise<Advanced> =>
  thread.ask<Advanced>(import.meta.url, round);
