import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openPostgres } from '../../../server/storage/postgres/store.ts';
import { startNode } from '../../support/nodes.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { load } from './load.ts';
import { startPinned } from './process.ts';
import { median, percentile, type Row, round } from './report.ts';

/** Ratings that are under way at once: each is waited for before its successor is sent. */
const connections = 64;
/** The same of a busy hour of many municipalities, and of a node that was away. */
const many = 256;
const count = 20_000;
const rounds = 3;
/** The speed of a machine may change from one second to the next: who is compared takes turns, so often. */
const turns = 5;
const comment = 'Ik was snel aan de beurt en de medewerker legde alles rustig uit.';

/** How many times a second `one` is done, that many at once. */
async function speedOf(
  whole: number,
  lanes: number,
  one: (number: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (next < whole) await one(next++);
    }),
  );
  return whole / ((performance.now() - began) / 1000);
}

type Contender = { one: (number: number) => Promise<unknown>; close: () => Promise<unknown> };

/**
 * What a program does that has no group commit: one insert per transaction into one table with the indexes that ratings
 * have, through the same driver and a pool of the same size, each waited for until it is on the disk. It checks, redacts,
 * counts and announces nothing.
 */
async function plainInserts(url: string): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(`CREATE TABLE plain (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid NOT NULL UNIQUE,
    touchpoint text NOT NULL, grade int NOT NULL, language text, at bigint NOT NULL, comment text);
    CREATE INDEX plain_at ON plain (at, touchpoint)`);
  const text =
    'INSERT INTO plain (id, touchpoint, grade, language, at, comment) VALUES ($1, $2, $3, $4, $5, $6)';
  const one = (number: number) =>
    pool.query({
      ...{ name: 'insert', text },
      values: [randomUUID(), 'balie-1', 1 + (number % 10), 'nl', Date.now(), number % 5 ? null : comment],
    });
  return { one, close: () => pool.end() };
}

/** The same ratings given to the store, one by one, in the same process. */
async function groupCommit(url: string): Promise<Contender> {
  const store = await openPostgres({ url, connections: 10 });
  const one = (number: number) =>
    store.append([
      {
        ...{
          kind: 'rating',
          id: randomUUID(),
          touchpoint: 'balie-1',
          grade: 1 + (number % 10),
          smiley: null,
        },
        ...{
          product: null,
          language: 'nl',
          form: null,
          at: Date.now(),
          receivedAt: Date.now(),
          givenAt: null,
        },
        ...{ marks: 0, answers: null, comment: number % 5 ? null : comment },
      },
    ]);
  return { one, close: () => store.close() };
}

const figures = {
  single: [] as number[],
  plain: [] as number[],
  grouped: [] as number[],
  plainOfMany: [] as number[],
  groupedOfMany: [] as number[],
  one: [] as number[],
  two: [] as number[],
  sqlite: [] as number[],
  worst: [] as number[],
};

/** Both stand in databases of their own, so that no node is told of what is kept here. */
async function compare(postgres: Postgres): Promise<void> {
  const plain = await plainInserts(await postgres.empty());
  const grouped = await groupCommit(await postgres.empty());
  for (const { one } of [plain, grouped]) await speedOf(3000, connections, one);
  for (let i = 0; i < turns; i++) {
    figures.single.push(await speedOf(500, 1, plain.one));
    figures.plain.push(await speedOf(3000, connections, plain.one));
    figures.grouped.push(await speedOf(10_000, connections, grouped.one));
    figures.plainOfMany.push(await speedOf(3000, many, plain.one));
    figures.groupedOfMany.push(await speedOf(10_000, many, grouped.one));
  }
  await Promise.all([plain.close(), grouped.close()]);
}

/** Ratings kept by the store, at one node and at two, against SQLite and against plain inserts in the same run. */
export async function benchPostgres(): Promise<Row[]> {
  const postgres = await startPostgres({ durable: true });
  try {
    await compare(postgres);
    const url = await postgres.empty();
    const file = await startPinned({});
    const nodes = [await startNode(url), await startNode(url)];
    await load(nodes[0]!.url, 1000, connections);
    for (let i = 0; i < rounds; i++) {
      const alone = await load(nodes[0]!.url, count, connections);
      figures.one.push(alone.perSecond);
      figures.worst.push(percentile(alone.latencies, 0.99));
      const both = await Promise.all(nodes.map((node) => load(node.url, count / 2, connections / 2)));
      figures.two.push(both.reduce((sum, { perSecond }) => sum + perSecond, 0));
      figures.sqlite.push((await load(file.url, count, connections)).perSecond);
    }
    await Promise.all([...nodes, file].map((program) => program.stop()));
    return table();
  } finally {
    await postgres.stop();
  }
}

function table(): Row[] {
  const of = (what: string, ours: number[], yardstick: string, theirs: number[]): Row => ({
    what,
    yardstick: `${yardstick} ${round(median(theirs))}/s`,
    ours: `${round(median(ours))}/s`,
    ratio: round(median(ours.map((value, i) => value / (theirs[i] ?? median(theirs)))), 2),
  });
  const { single, plain, grouped, plainOfMany, groupedOfMany, one, two, sqlite, worst } = figures;
  const inserts = 'one insert per transaction, ten connections,';
  const http = `over HTTP, ${connections} connections`;
  return [
    of(`PostgreSQL, group commit, ${connections} ratings at once`, grouped, inserts, plain),
    of(`the same, ${many} ratings at once`, groupedOfMany, inserts, plainOfMany),
    of(`the same, ${connections} ratings at once`, grouped, 'one insert at a time', single),
    of(`one node ${http} (p99 ${round(median(worst), 1)} ms)`, one, inserts, plain),
    of(`two nodes ${http}`, two, inserts, plain),
    of(`one node ${http}`, one, `SQLite ${http}`, sqlite),
    of(`two nodes ${http}`, two, `one node ${http}`, one),
  ];
}
