import type { YearTableRecord, YearTableStore } from '../port/year-tables.ts';
import type { Work } from './work.ts';

const columns = `id, year, content, hash, frozen_at AS frozenAt, frozen_by AS frozenBy, reopened_at AS reopenedAt,
  reopened_by AS reopenedBy, reason`;

export class SqliteYearTables implements YearTableStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  freeze(table: Parameters<YearTableStore['freeze']>[0]) {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const frozen = db.prepare('SELECT 1 FROM year_tables WHERE year = ? AND reopened_at IS NULL');
      if (frozen.get(table.year)) return null;
      const add = db.prepare(
        `INSERT INTO year_tables (year, content, hash, frozen_at, frozen_by)
         VALUES (@year, @content, @hash, @frozenAt, @frozenBy)`,
      );
      return this.#read(Number(add.run(table).lastInsertRowid))!;
    });
  }

  reopen(id: number, { name, at, reason }: Parameters<YearTableStore['reopen']>[1]) {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const reopened = db
        .prepare(
          `UPDATE year_tables SET reopened_at = ?, reopened_by = ?, reason = ?
           WHERE id = ? AND reopened_at IS NULL`,
        )
        .run(at, name, reason, id);
      return reopened.changes === 0 ? null : this.#read(id);
    });
  }

  async list(year: number | null): Promise<YearTableRecord[]> {
    return this.#work.db
      .prepare(`SELECT ${columns} FROM year_tables WHERE year = ? OR ? IS NULL ORDER BY id DESC`)
      .all(year, year) as YearTableRecord[];
  }

  #read(id: number): YearTableRecord | null {
    const row = this.#work.db.prepare(`SELECT ${columns} FROM year_tables WHERE id = ?`).get(id);
    return (row as YearTableRecord | undefined) ?? null;
  }
}
