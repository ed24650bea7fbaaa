import type { YearTableRecord, YearTableStore } from '../port/year-tables.ts';
import type { Work } from './work.ts';

const columns = `id, year, content, hash, frozen_at AS "frozenAt", frozen_by AS "frozenBy",
  reopened_at AS "reopenedAt", reopened_by AS "reopenedBy", reason`;

export class PostgresYearTables implements YearTableStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  freeze({ year, content, hash, frozenAt, frozenBy }: Parameters<YearTableStore['freeze']>[0]) {
    return this.#work.transaction(async (db): Promise<YearTableRecord | null> => {
      const frozen = await db.get('SELECT 1 FROM year_tables WHERE year = $1 AND reopened_at IS NULL', [
        year,
      ]);
      if (frozen) return null;
      const made = await db.get<YearTableRecord>(
        `INSERT INTO year_tables (year, content, hash, frozen_at, frozen_by)
         VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
        [year, content, hash, frozenAt, frozenBy],
      );
      return made!;
    });
  }

  reopen(id: number, { name, at, reason }: Parameters<YearTableStore['reopen']>[1]) {
    return this.#work.transaction(async (db) => {
      const reopened = await db.get<YearTableRecord>(
        `UPDATE year_tables SET reopened_at = $1, reopened_by = $2, reason = $3
         WHERE id = $4 AND reopened_at IS NULL RETURNING ${columns}`,
        [at, name, reason, id],
      );
      return reopened ?? null;
    });
  }

  list(year: number | null): Promise<YearTableRecord[]> {
    return this.#work.db.all(
      `SELECT ${columns} FROM year_tables WHERE year = $1 OR $1::int IS NULL ORDER BY id DESC`,
      [year],
    );
  }
}
