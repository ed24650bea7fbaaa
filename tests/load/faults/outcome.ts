import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Summary } from '#shared/contract/figures.ts';
import { openSqlite } from '../../../server/storage/sqlite/store.ts';
import { inDatabase } from '../../support/database.ts';
import { figuresIn, Listener } from '../../support/listener.ts';
import { get } from '../../support/ratings.ts';
import { until } from '../../support/until.ts';
import type { Senders } from './senders.ts';

/** What came of one kind of fault. */
export interface Outcome {
  fault: string;
  /** How often it happened. */
  times: number;
  acknowledged: number;
  /** Acknowledged and not there. */
  lost: number;
  /** There more than once. */
  double: number;
  /** Figures that a recount finds otherwise. */
  differences: number;
  /** What else is not as it has to be. */
  wrong: string[];
}
export const isFine = ({ lost, double, differences, wrong }: Outcome): boolean =>
  lost === 0 && double === 0 && differences === 0 && wrong.length === 0;

const idsIn = (dataDir: string): string[] =>
  inDatabase(dataDir, (db) => db.prepare('SELECT lower(hex(id)) FROM ratings').pluck().all() as string[]);
const plain = (id: string) => id.replaceAll('-', '');

/** Compares what the clients were told with what is stored, and every figure with a recount. */
export async function verify(
  fault: string,
  times: number,
  dataDir: string,
  senders: Senders,
  wrong: string[] = [],
): Promise<Outcome> {
  const differences = await recounted(dataDir);
  const stored = idsIn(dataDir);
  const there = new Set(stored);
  const count = (ids: Iterable<string>, is: (id: string) => boolean) =>
    [...ids].filter((id) => is(plain(id))).length;
  const sent = new Set([...senders.sent.keys()].map(plain));
  const strangers = stored.filter((id) => !sent.has(id)).length;
  const kept = count(senders.refused, (id) => there.has(id));
  return {
    fault,
    times,
    acknowledged: senders.acknowledged.size,
    lost: count(senders.acknowledged, (id) => !there.has(id)),
    double: stored.length - there.size,
    differences,
    wrong: [
      ...wrong,
      ...(strangers > 0 ? [`${strangers} ratings are there that nobody sent`] : []),
      ...(kept > 0 ? [`${kept} ratings are there that were answered 503`] : []),
      ...(senders.strange.length > 0 ? [`answered ${[...new Set(senders.strange)].join(', ')}`] : []),
    ],
  };
}

/** How many figures a recount finds otherwise; 1 when the database itself says that it is damaged. */
export async function recounted(dataDir: string): Promise<number> {
  const store = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
  try {
    return (await store.recount({ repair: false })).differences;
  } finally {
    await store.close();
  }
}
export const isWhole = (dataDir: string): boolean =>
  inDatabase(dataDir, (db) => db.pragma('integrity_check', { simple: true }) === 'ok');
/** Those of `ids` that are not in the database. */
export const missing = (dataDir: string, ids: Iterable<string>): string[] => {
  const there = new Set(idsIn(dataDir));
  return [...ids].filter((id) => !there.has(plain(id)));
};

const asked = { period: 'today', by: 'channel' } as const;

/** A dashboard that connects again whenever it lost its connection, as the page does. */
export class Dashboard {
  url: string;
  readonly #token: string;
  #listener: Listener | null = null;
  #closed = false;
  /** How often it had to connect anew. */
  again = -1;

  constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    while (!this.#closed) {
      const listener = new Listener(this.url, { token: this.#token });
      this.#listener = listener;
      try {
        const gone = new Promise<null>((resolve) => listener.socket.once('disconnect', () => resolve(null)));
        if (!(await Promise.race([listener.connected(), gone]))) throw new Error('cut off');
        if (await Promise.race([listener.subscribe(asked), gone])) this.again++;
        await gone;
      } catch {
        // There was nobody, or not any more.
      } finally {
        listener.close();
      }
      // A little apart, as clients are that lost the same server.
      await pause(20 + Math.random() * 80);
    }
  }

  /** Resolves when it shows what the program answers, which says `total` ratings at least. */
  async converges(url: string, total = 0): Promise<void> {
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format();
    const path = `/summary?from=${today}&to=${today}&by=channel`;
    await until(
      'a dashboard shows what is stored',
      async () => {
        const shown = this.#listener?.shown;
        if (!shown || shown.total.n < total) return false;
        const { body } = await get<Summary>(url, path, this.#token);
        return isDeepStrictEqual(figuresIn(shown), figuresIn(body));
      },
      60_000,
    );
  }

  close(): void {
    this.#closed = true;
    this.#listener?.close();
  }
}
