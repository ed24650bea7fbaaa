import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewRating } from '../../../server/storage/port.ts';
import { schemaVersion } from '../../../server/storage/sqlite/open.ts';
import { openSqlite } from '../../../server/storage/sqlite/store.ts';

/** How long it has collected, and at how many touchpoints. */
export interface City {
  days: number;
  touchpoints: number;
  /** 1: every product is asked for as often; the higher, the more ask for the same few (3: a fifth for the first of them). */
  skew: number;
}
const threeYears: City = { days: 3 * 365, touchpoints: 40, skew: 1 };
export const fiveYears: City = { days: 5 * 365, touchpoints: 200, skew: 3 };
const products = 100;
/** The first and the last day that have ratings. */
export const lastBenchDay = 20_775;
export const firstDayOf = (city: City): number => lastBenchDay - city.days + 1;
export const firstBenchDay = firstDayOf(threeYears);
export const benchTouchpoint = (number: number): string => `punt-${number % threeYears.touchpoints}`;
const channels = ['balie', 'web', 'digitaal', 'telefoon'];

/** A small seeded generator: the same city every time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function* ratings(count: number, { days, touchpoints, skew }: City): Generator<NewRating> {
  const random = numbers(7);
  const next = () => random.next().value;
  const first = (lastBenchDay - days + 1) * 86_400_000;
  for (let i = 0; i < count; i++) {
    const at =
      first + Math.floor((i / count) * days) * 86_400_000 + Math.floor((7 + next() * 10) * 3600) * 1000;
    const hex = at.toString(16).padStart(12, '0');
    const tail =
      Math.floor(next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0') + i.toString(16).padStart(8, '0');
    yield {
      kind: 'rating',
      id: `${hex.slice(0, 8)}-${hex.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6)}00`,
      touchpoint: `punt-${Math.floor(next() * touchpoints)}`,
      grade: 1 + Math.floor(10 * Math.sqrt(next())),
      smiley: null,
      product: `product-${Math.floor(next() ** skew * products)}`,
      language: 'nl',
      form: null,
      at,
      receivedAt: at,
      givenAt: null,
      marks: 0,
      answers: null,
      comment: null,
    };
  }
}

/** So many ratings per commit while a city is made. */
const atOnce = 100_000;

/** The data folder of a city with so many ratings; made once and kept in the temporary folder. */
export async function cityOf(count: number, city = threeYears): Promise<string> {
  const { touchpoints, days } = city;
  const shape = city === threeYears ? '' : `-${touchpoints}-${days}`;
  const folder = join(tmpdir(), `klantpuls-bench-${schemaVersion}-${count}${shape}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const store = await openSqlite({ file: join(unfinished, 'klantpuls.db') });
  await store.changeSettings({
    touchpoints: Array.from({ length: touchpoints }, (_, i) => ({
      key: `punt-${i}`,
      name: `Punt ${i}`,
      channel: channels[i % 4]!,
      location: `Locatie ${i % 6}`,
      scale: 'grade',
      origins: [],
      trial: false,
      retired: false,
    })),
    products: Array.from({ length: products }, (_, i) => ({
      key: `product-${i}`,
      name: `Product ${i}`,
      upl: null,
      retired: false,
    })),
  });
  let batch: NewRating[] = [];
  let done = 0;
  for (const rating of ratings(count, city)) {
    batch.push(rating);
    if (batch.length < atOnce) continue;
    await store.append(batch);
    done += batch.length;
    batch = [];
    if (done % 1_000_000 === 0) console.log(`  ${done / 1e6} million of ${count / 1e6} ratings made`);
  }
  if (batch.length > 0) await store.append(batch);
  await store.close();
  renameSync(unfinished, folder);
  return folder;
}
