import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startNode } from '../../support/nodes.ts';
import { startPostgres } from '../../support/postgres.ts';
import { load } from './load.ts';
import { startPinned } from './process.ts';
import { median, percentile, type Row, round } from './report.ts';

const connections = 64;
const count = 20_000;

/** One insert per transaction through the same driver, one after the other on each connection. */
async function onePerTransaction(url: string, lanes: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: lanes });
  await pool.query('CREATE TABLE plain (id uuid PRIMARY KEY, touchpoint text, grade int, at bigint)');
  let left = 1000 * lanes;
  const began = performance.now();
  const whole = left;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (left-- > 0)
        await pool.query('INSERT INTO plain VALUES ($1, $2, $3, $4)', [
          randomUUID(),
          'balie-1',
          8,
          Date.now(),
        ]);
    }),
  );
  const perSecond = whole / ((performance.now() - began) / 1000);
  await pool.query('DROP TABLE plain');
  await pool.end();
  return perSecond;
}

/** Ratings at one node and at two, against SQLite and against plain inserts in the same run. */
export async function benchPostgres(): Promise<Row[]> {
  const postgres = await startPostgres({ durable: true });
  try {
    const url = await postgres.empty();
    const [plain, ten, one, two, sqlite, worst]: number[][] = [[], [], [], [], [], []];
    const file = await startPinned({});
    const nodes = [await startNode(url, { RATE_LIMIT: 'off' }), await startNode(url, { RATE_LIMIT: 'off' })];
    for (let i = 0; i < 3; i++) {
      plain!.push(await onePerTransaction(url, 1));
      ten!.push(await onePerTransaction(url, 10));
      const alone = await load(nodes[0]!.url, count, connections);
      one!.push(alone.perSecond);
      worst!.push(percentile(alone.latencies, 0.99));
      const both = await Promise.all(nodes.map((node) => load(node.url, count / 2, connections / 2)));
      two!.push(both.reduce((sum, { perSecond }) => sum + perSecond, 0));
      sqlite!.push((await load(file.url, count, connections)).perSecond);
      const [a, t, b, c, d] = [plain, ten, one, two, sqlite].map((list) => round(list!.at(-1)!));
      console.log(
        `  round ${i + 1}: plain inserts ${a}/s (ten connections ${t}/s), one node ${b}/s, two nodes ${c}/s, SQLite ${d}/s`,
      );
    }
    await Promise.all([...nodes, file].map((program) => program.stop()));
    const ratio = (list: number[], of: number[]) => round(median(list.map((value, i) => value / of[i]!)), 2);
    return [
      {
        what: `PostgreSQL, one node, ${connections} connections (p99 ${round(median(worst!), 1)} ms)`,
        yardstick: `one insert per transaction ${round(median(plain!))}/s`,
        ours: `${round(median(one!))}/s`,
        ratio: ratio(one!, plain!),
      },
      {
        what: 'PostgreSQL, one node',
        yardstick: `the same on ten connections ${round(median(ten!))}/s`,
        ours: `${round(median(one!))}/s`,
        ratio: ratio(one!, ten!),
      },
      {
        what: 'PostgreSQL, two nodes',
        yardstick: `one insert per transaction ${round(median(plain!))}/s`,
        ours: `${round(median(two!))}/s`,
        ratio: ratio(two!, plain!),
      },
      {
        what: 'PostgreSQL, one node',
        yardstick: `SQLite ${round(median(sqlite!))}/s`,
        ours: `${round(median(one!))}/s`,
        ratio: ratio(one!, sqlite!),
      },
    ];
  } finally {
    await postgres.stop();
  }
}
