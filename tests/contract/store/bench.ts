import { randomUUID } from 'node:crypto';
import { afterEach } from 'vitest';
import type { SettingsFile } from '#shared/contract/settings.ts';
import type { Addition, CellQuery, NewRating, Outcome, Store } from '../../../server/storage/port.ts';

export type Open = (place: string) => Promise<Store>;

export interface Hold {
  /** Resolves when so many transactions are under way, the one that is held among them. */
  underWay(transactions: number): Promise<unknown>;
  letGo(): Promise<void>;
}

/** Stores for one test at a time; whatever a test leaves open is closed after it. */
export interface Bench {
  /** A store where nothing is kept yet. */
  fresh(): Promise<Store>;
  /** Another store on the same data, as another process has it. */
  beside(store: Store): Promise<Store>;
  open: Open;
  /** How many cases made at random are tried; each is a store of its own. */
  cases: number;
  newPlace(): string;
  /**
   * Where two processes can have a transaction under way at once: the next commit at the place of a store stops when it
   * has its numbers and has written everything, until it is let go.
   */
  hold?: (place: string) => Promise<Hold>;
  placeOf(store: Store): string;
  close(store: Store): Promise<void>;
}

export function benchOf(open: Open, newPlace: () => string): Bench {
  const places = new Map<Store, string>();
  const bench: Bench = {
    newPlace,
    cases: 30,
    async open(place) {
      const store = await open(place);
      places.set(store, place);
      return store;
    },
    fresh: () => bench.open(newPlace()),
    placeOf: (store) => places.get(store)!,
    beside: (store) => bench.open(places.get(store)!),
    async close(store) {
      places.delete(store);
      await store.close();
    },
  };
  afterEach(async () => {
    for (const store of [...places.keys()]) await bench.close(store);
  });
  return bench;
}

export const noon = Date.parse('2026-07-01T10:00:00Z');
const hour = 3_600_000;

/** A rating that names only what matters to the test. */
export const aRating = (fields: Partial<NewRating> = {}): NewRating => ({
  ...{ kind: 'rating', id: randomUUID(), touchpoint: 'balie-1', product: null, language: null, form: null },
  ...{ grade: fields.smiley ? null : 8, smiley: null, answers: null, comment: null },
  ...{ at: noon, receivedAt: noon, givenAt: null, marks: 0 },
  ...fields,
});

/** As many ratings, an hour apart. */
export const ratings = (count: number, fields: Partial<NewRating> = {}): NewRating[] =>
  Array.from({ length: count }, (_, i) => aRating({ at: noon - i * hour, ...fields }));

export const anAddition = (id: string, fields: Partial<Addition> = {}): Addition => ({
  ...{ kind: 'addition', id, now: noon, window: null },
  ...fields,
});

export const everything: CellQuery = {
  ...{ from: null, to: null, placements: null, products: null, languages: null },
  ...{ marked: true, keep: {} },
};

/** How many ratings count. */
export async function countIn(store: Store, query: Partial<CellQuery> = {}): Promise<number> {
  const { cells } = await store.cells({ ...everything, ...query });
  return cells.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
}

export const statusOf = ({ status }: Outcome): string => status;
export const statuses = (outcomes: Outcome[]): string[] => outcomes.map(statusOf);

/** A touchpoint as a settings file has it. */
export const aTouchpoint = (
  fields: Partial<NonNullable<SettingsFile['touchpoints']>[number]> = {},
): NonNullable<SettingsFile['touchpoints']>[number] => ({
  ...{ key: 'balie-1', name: 'Balie 1', channel: 'balie', location: null, scale: 'grade', origins: [] },
  ...{ trial: false, retired: false },
  ...fields,
});
export const aProduct = (key: string) => ({ key, name: `Product ${key}`, upl: null, retired: false });
