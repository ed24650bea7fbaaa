import type { ServiceNorm } from '#shared/contract/service-norms.ts';
import { dayOf } from '#shared/core/calendar.ts';
import { confirmationOf } from '../answers.ts';
import type { NormCount, NormQuery } from '../port/norms.ts';
import { counts, mark } from '../port.ts';
import type { Db } from './open.ts';

type Known = ServiceNorm & { id: number };
type Answered = { placement: number; at: number; answers: string };
type Count = { norm: number; placement: number; day: number; asked: number; confirmed: number };

const adding = `INSERT INTO norm_counts VALUES (@norm, @placement, @day, @asked, @confirmed)
  ON CONFLICT DO UPDATE SET asked = asked + excluded.asked, confirmed = confirmed + excluded.confirmed`;

export const readNorms = (db: Db): Known[] =>
  (
    db.prepare('SELECT id, content FROM service_norms ORDER BY id').all() as { id: number; content: string }[]
  ).map(({ id, content }) => ({ ...(JSON.parse(content) as ServiceNorm), id }));

/** Adds up what ratings answered, so that each row is written once. */
class Sums {
  readonly #sums = new Map<string, Count>();

  add(norms: readonly Known[], { placement, at, answers }: Answered, sign: 1 | -1): void {
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

  values(): Count[] {
    return [...this.#sums.values()];
  }

  clear(): void {
    this.#sums.clear();
  }
}

/** What ratings answered to the questions of the norms, counted in the commit of the rating. */
export class NormWriter {
  readonly #sums = new Sums();
  readonly #add;

  constructor(db: Db) {
    this.#add = db.prepare(adding);
  }

  /** A rating without answers costs nothing; one that does not count is not counted. */
  count(
    norms: readonly Known[],
    { placement, at, marks, answers }: Omit<Answered, 'answers'> & { marks: number; answers: string | null },
    sign: 1 | -1,
  ): void {
    if (answers === null || norms.length === 0 || !counts(marks)) return;
    this.#sums.add(norms, { placement, at, answers }, sign);
  }

  flush(): void {
    for (const sum of this.#sums.values()) this.#add.run(sum);
    this.forget();
  }

  /** Also after a rolled-back transaction. */
  forget(): void {
    this.#sums.clear();
  }
}

/** What all ratings that are kept answered to some norms. */
function countedIn(db: Db, norms: readonly Known[]): Count[] {
  const sums = new Sums();
  const answered = db.prepare(
    `SELECT placement, at, answers FROM ratings
     WHERE answers IS NOT NULL AND marks & ${mark.trial | mark.voided} = 0`,
  );
  for (const rating of answered.iterate() as IterableIterator<Answered>) sums.add(norms, rating, 1);
  return sums.values();
}

/** Runs inside a transaction. A norm that measures something new is counted from the ratings that are kept. */
export function writeNorm(db: Db, norm: ServiceNorm): void {
  const known = readNorms(db).find(({ key }) => key === norm.key);
  const { id } = db
    .prepare(
      `INSERT INTO service_norms (key, content) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET content = excluded.content RETURNING id`,
    )
    .get(norm.key, JSON.stringify(norm)) as { id: number };
  const measures = ({ question, confirms }: ServiceNorm) => JSON.stringify([question, confirms]);
  if (known && measures(known) === measures(norm)) return;
  db.prepare('DELETE FROM norm_counts WHERE norm = ?').run(id);
  const add = db.prepare(adding);
  for (const count of countedIn(db, [{ ...norm, id }])) add.run(count);
}

export function readNormCounts(db: Db, { from, to, placements }: NormQuery): NormCount[] {
  return db
    .prepare(
      `SELECT norm, day, sum(asked) AS asked, sum(confirmed) AS confirmed FROM norm_counts
       WHERE (@from IS NULL OR day >= @from) AND (@to IS NULL OR day <= @to)
         AND (@placements IS NULL OR placement IN (SELECT value FROM json_each(@placements)))
       GROUP BY norm, day`,
    )
    .all({ from, to, placements: placements && JSON.stringify(placements) }) as NormCount[];
}

/** Rows of `norm_counts` that differ from the ratings, as what is missing from them. */
export function normDifferences(db: Db): Count[] {
  const keyOf = ({ norm, placement, day }: Count) => `${norm} ${placement} ${day}`;
  const missing = new Map(countedIn(db, readNorms(db)).map((count) => [keyOf(count), count]));
  for (const count of db.prepare('SELECT * FROM norm_counts').all() as Count[]) {
    const true_ = missing.get(keyOf(count)) ?? { ...count, asked: 0, confirmed: 0 };
    missing.set(keyOf(count), {
      ...count,
      asked: true_.asked - count.asked,
      confirmed: true_.confirmed - count.confirmed,
    });
  }
  return [...missing.values()].filter(({ asked, confirmed }) => asked !== 0 || confirmed !== 0);
}

/** Runs inside a transaction. */
export function mendNorms(db: Db, missing: readonly Count[]): void {
  const add = db.prepare(adding);
  for (const count of missing) add.run(count);
}
