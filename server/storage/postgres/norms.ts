import type { ServiceNorm } from '#shared/contract/service-norms.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { confirmationOf } from '../answers.ts';
import type { NormCount, NormQuery } from '../port/norms.ts';
import { counts, mark } from '../port.ts';
import { columnsOf, type Db } from './db.ts';

type Known = ServiceNorm & { id: number };
type Answered = { placement: number; at: number; marks: number; answers: string | null };
export type NormSum = { norm: number; placement: number; day: number; asked: number; confirmed: number };

export const readNorms = async (db: Db): Promise<Known[]> =>
  (await db.all<{ id: number; content: string }>('SELECT id, content FROM service_norms ORDER BY id')).map(
    ({ id, content }) => ({ ...(JSON.parse(content) as ServiceNorm), id }),
  );

/** What ratings answered to the questions of the norms, added up so that each row is written once. */
export class NormSums {
  readonly #sums = new Map<string, NormSum>();

  /** A rating without answers costs nothing; one that does not count is not counted. */
  add(norms: readonly Known[], { placement, at, marks, answers }: Answered, sign: 1 | -1): void {
    if (answers === null || norms.length === 0 || !counts(marks)) return;
    const given = JSON.parse(answers);
    for (const norm of norms) {
      const confirms = confirmationOf(norm, given);
      if (confirms === null) continue;
      const day = dayOf(at);
      const key = `${norm.id} ${placement} ${day}`;
      const known = this.#sums.get(key) ?? { norm: norm.id, placement, day, asked: 0, confirmed: 0 };
      known.asked += sign;
      known.confirmed += confirms ? sign : 0;
      this.#sums.set(key, known);
    }
  }

  values(): NormSum[] {
    return [...this.#sums.values()];
  }
}

/** Runs inside a transaction. */
export async function addNorms(db: Db, sums: readonly NormSum[]): Promise<void> {
  if (sums.length === 0) return;
  await db.run(
    `INSERT INTO norm_counts SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[]) ${onNorm}`,
    normColumns(sums),
  );
}
export const onNorm = `ON CONFLICT (norm, placement, day) DO UPDATE SET
  asked = norm_counts.asked + excluded.asked, confirmed = norm_counts.confirmed + excluded.confirmed`;
export const normColumns = (sums: readonly NormSum[]): unknown[][] =>
  columnsOf(
    [...sums].sort((a, b) => a.norm - b.norm || a.placement - b.placement || a.day - b.day),
    ...(['norm', 'placement', 'day', 'asked', 'confirmed'] as const).map(
      (name) => (row: NormSum) => row[name],
    ),
  );

/** Ratings with answers are read in portions of so many. */
const portion = 5000;

/** What all ratings that are kept answered to some norms. */
async function countedIn(db: Db, norms: readonly Known[]): Promise<NormSum[]> {
  const sums = new NormSums();
  for (let last = { at: -1e15, seq: 0 }; ; ) {
    const rows = await db.all<Answered & { seq: number }>(
      `SELECT seq, placement, at, marks, answers FROM ratings
       WHERE answers IS NOT NULL AND marks & ${mark.trial | mark.voided} = 0 AND (at, seq) > ($1, $2)
       ORDER BY at, seq LIMIT ${portion}`,
      [last.at, last.seq],
    );
    for (const rating of rows) sums.add(norms, rating, 1);
    if (rows.length < portion) return sums.values();
    last = rows.at(-1)!;
  }
}

/** Runs inside a transaction. A norm that measures something new is counted from the ratings that are kept. */
export async function writeNorm(db: Db, norm: ServiceNorm): Promise<void> {
  const known = (await readNorms(db)).find(({ key }) => key === norm.key);
  const id = (await db.value<number>(
    `INSERT INTO service_norms (key, content) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET content = excluded.content RETURNING id`,
    [norm.key, JSON.stringify(norm)],
  ))!;
  const measures = ({ question, confirms }: ServiceNorm) => JSON.stringify([question, confirms]);
  if (known && measures(known) === measures(norm)) return;
  await db.run('DELETE FROM norm_counts WHERE norm = $1', [id]);
  await addNorms(db, await countedIn(db, [{ ...norm, id }]));
}

export const readNormCounts = (db: Db, { from, to, placements }: NormQuery): Promise<NormCount[]> =>
  db.all(
    `SELECT norm, day, sum(asked) AS asked, sum(confirmed) AS confirmed FROM norm_counts
     WHERE ($1::int IS NULL OR day >= $1) AND ($2::int IS NULL OR day <= $2)
       AND ($3::int[] IS NULL OR placement = ANY($3))
     GROUP BY norm, day ORDER BY norm, day`,
    [from, to, placements],
  );

/** Rows of `norm_counts` that differ from the ratings, as what is missing from them. */
export async function normDifferences(db: Db): Promise<NormSum[]> {
  const keyOf = ({ norm, placement, day }: NormSum) => `${norm} ${placement} ${day}`;
  const missing = new Map((await countedIn(db, await readNorms(db))).map((count) => [keyOf(count), count]));
  for (const count of await db.all<NormSum>('SELECT * FROM norm_counts')) {
    const truth = missing.get(keyOf(count)) ?? { ...count, asked: 0, confirmed: 0 };
    missing.set(keyOf(count), {
      ...count,
      asked: truth.asked - count.asked,
      confirmed: truth.confirmed - count.confirmed,
    });
  }
  return [...missing.values()].filter(({ asked, confirmed }) => asked !== 0 || confirmed !== 0);
}
