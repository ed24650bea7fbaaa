import type { Db } from '../postgres/db.ts';
import { makeMonths, monthOf } from '../postgres/partitions.ts';
import type { Db as Sqlite } from '../sqlite/open.ts';
import { instants, namesOf, quoted, ratings, type Table, truths } from './tables.ts';

export type Row = unknown[];

/** One of the two databases, for copying from or to it. */
export interface Side {
  /** Rows after one with this key, in the order of the key. */
  page(table: Table, after: Row | null, most: number): Promise<Row[]>;
  insert(table: Table, rows: Row[]): Promise<void>;
  count(table: Table): Promise<number>;
}

export const keyOf = ({ key, columns }: Table, row: Row): Row =>
  key.map((name) => row[columns.indexOf(name)]);

export class SqliteSide implements Side {
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
  }

  async page({ name, key, columns }: Table, after: Row | null, most: number): Promise<Row[]> {
    const later = after ? `WHERE (${namesOf(key)}) > (${key.map(() => '?').join(', ')})` : '';
    const read = this.#db.prepare(
      `SELECT ${namesOf(columns)} FROM ${quoted(name)} ${later} ORDER BY ${namesOf(key)} LIMIT ?`,
    );
    return read.raw().all(...(after ?? []), most) as Row[];
  }

  async insert({ name, columns }: Table, rows: Row[]): Promise<void> {
    const add = this.#db.prepare(
      `INSERT INTO ${quoted(name)} (${namesOf(columns)}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows)
      add.run(
        ...row.map((value) =>
          value instanceof Date ? value.toISOString() : typeof value === 'boolean' ? Number(value) : value,
        ),
      );
  }

  async count({ name }: Table): Promise<number> {
    return this.#db
      .prepare(`SELECT count(*) FROM ${quoted(name)}`)
      .pluck()
      .get() as number;
  }
}

/** As many values as one statement may have. */
const mostValues = 30_000;
const numbers: Table = { name: 'rating_numbers', key: ['seq'], columns: ['seq', 'id', 'at'] };

export class PostgresSide implements Side {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  page(table: Table, after: Row | null, most: number): Promise<Row[]> {
    const { name, key, columns } = table;
    const later = after ? `WHERE (${namesOf(key)}) > (${key.map((_, i) => `$${i + 2}`).join(', ')})` : '';
    const from =
      table === ratings
        ? `(SELECT r.*, n.id FROM (SELECT * FROM rating_numbers ${later} ORDER BY seq LIMIT $1) n
           JOIN ratings r ON r.seq = n.seq AND r.at = n.at) ratings`
        : quoted(name);
    return this.#db.rows(
      `SELECT ${namesOf(columns)} FROM ${from} ${table === ratings ? '' : later} ORDER BY ${namesOf(key)} LIMIT $1`,
      [most, ...(after ?? [])],
    );
  }

  async insert(table: Table, rows: Row[]): Promise<void> {
    if (table !== ratings) return this.#add(table, rows);
    const { columns } = table;
    const [seq, id, at] = ['seq', 'id', 'at'].map((name) => columns.indexOf(name)) as [
      number,
      number,
      number,
    ];
    await makeMonths(this.#db, [...new Set(rows.map((row) => monthOf(row[at] as number)))]);
    await this.#add(
      numbers,
      rows.map((row) => [row[seq], row[id], row[at]]),
    );
    const others = { ...table, columns: columns.filter((name) => name !== 'id') };
    await this.#add(
      others,
      rows.map((row) => row.filter((_, i) => i !== id)),
    );
  }

  async #add({ name, columns }: Table, rows: Row[]): Promise<void> {
    const atOnce = Math.floor(mostValues / columns.length);
    const convert = columns.map((column) =>
      instants.test(column)
        ? (value: unknown) => (typeof value === 'string' ? new Date(value) : value)
        : truths.test(column)
          ? (value: unknown) => (value === null ? null : Boolean(value))
          : (value: unknown) => value,
    );
    for (let from = 0; from < rows.length; from += atOnce) {
      const values: unknown[] = [];
      const places = rows
        .slice(from, from + atOnce)
        .map((row) => `(${row.map((value, i) => `$${values.push(convert[i]!(value))}`).join(', ')})`);
      await this.#db.run(
        `INSERT INTO ${quoted(name)} (${namesOf(columns)}) VALUES ${places.join(', ')}`,
        values,
      );
    }
  }

  async count({ name }: Table): Promise<number> {
    return (await this.#db.value<number>(`SELECT count(*) FROM ${quoted(name)}`))!;
  }
}
