import { createHash } from 'node:crypto';
import pg from 'pg';
import { DatabaseAway } from '../refused.ts';

export type Values = readonly unknown[];

/** Whole numbers of 64 bits and sums are numbers here: all that is counted stays far below 2 to the 53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** So long a statement is waited for, in milliseconds; who reads years or copies waits longer. */
export const patience = 10_000;

export interface ConnectOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  name?: string;
  /** A statement of this connection may take so long, in milliseconds; 0 is for ever. */
  patience?: number;
}

/**
 * What every connection says to the server first. A machine that stops in the middle of a transaction is let go in time,
 * so that its lock is not held for ever.
 */
const manners = (waits: number) => ({
  lock_timeout: waits,
  idle_in_transaction_session_timeout: waits,
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 2,
  jit: 'off',
});
const asOptions = (settings: Record<string, unknown>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

export const configOf = (
  { url, name = 'klantpuls', patience: waits = patience }: ConnectOptions,
  settings: Record<string, unknown> = {},
) => ({
  connectionString: url,
  application_name: name,
  options: asOptions({ ...manners(Math.min(waits || patience, patience)), ...settings }),
  types,
  connectionTimeoutMillis: Math.min(5000, waits || patience),
  keepAlive: true,
  pipeline: true,
  query_timeout: waits,
});

const awayStates = /^(?:08|57P0|53|55000|55P03|25P0[36]|57014|25006)/;
const awayCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
const awayWords = /connection terminated|timeout|not queryable|connection error|after calling end/i;

/** Whether nothing can be done with the database now, whatever was asked. */
export function isAway(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return code ? awayStates.test(code) || awayCodes.test(code) : awayWords.test(message);
}
export const wrapped = (error: unknown): unknown =>
  isAway(error) && !(error instanceof DatabaseAway)
    ? new DatabaseAway(`PostgreSQL cannot be used now: ${(error as Error).message}`, { cause: error })
    : error;

const names = new Map<string, string>();
/** A statement that is asked often is prepared once per connection, under this name. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = createHash('sha1').update(sql).digest('base64url').slice(0, 16);
    names.set(sql, name);
  }
  return name;
}

/**
 * An array as the server reads it: most are of numbers and nulls, which need no quotes. Null for what pg has to convert
 * itself.
 */
function literal(values: readonly unknown[]): string | null {
  let text = '{';
  for (const value of values) {
    if (text.length > 1) text += ',';
    if (value === null || value === undefined) text += 'NULL';
    else if (typeof value === 'number') text += value;
    else if (typeof value === 'string') text += `"${value.replace(/["\\]/g, '\\$&')}"`;
    else return null;
  }
  return `${text}}`;
}
const encoded = (value: unknown): unknown => (Array.isArray(value) ? (literal(value) ?? value) : value);

type Queryable = Pick<pg.Pool | pg.ClientBase, 'query'>;

/** Statements on one connection, or each on any. `often`: it is one of few that are asked all the time. */
export class Db {
  readonly #on: Queryable;

  constructor(on: Queryable) {
    this.#on = on;
  }

  async query(sql: string, values: Values = [], often = false): Promise<pg.QueryResult> {
    try {
      return await this.#on.query({
        text: sql,
        values: values.map(encoded),
        ...(often ? { name: nameOf(sql) } : {}),
      });
    } catch (error) {
      throw wrapped(error);
    }
  }

  async all<Row>(sql: string, values: Values = [], often = false): Promise<Row[]> {
    return (await this.query(sql, values, often)).rows as Row[];
  }

  /** Rows as arrays: less to make where there are many. */
  async rows<Row>(sql: string, values: Values = []): Promise<Row[]> {
    try {
      const found = await this.#on.query({ text: sql, values: values.map(encoded), rowMode: 'array' });
      return found.rows as Row[];
    } catch (error) {
      throw wrapped(error);
    }
  }

  async get<Row>(sql: string, values: Values = [], often = false): Promise<Row | undefined> {
    return (await this.query(sql, values, often)).rows[0] as Row | undefined;
  }

  /** The first column of each row. */
  async column<Value>(sql: string, values: Values = []): Promise<Value[]> {
    return (await this.query(sql, values)).rows.map((row) => Object.values(row)[0] as Value);
  }

  async value<Value>(sql: string, values: Values = []): Promise<Value | undefined> {
    return (await this.column<Value>(sql, values))[0];
  }

  /** How many rows it was about. */
  async run(sql: string, values: Values = [], often = false): Promise<number> {
    return (await this.query(sql, values, often)).rowCount ?? 0;
  }

  /** Several statements without values, such as a migration; the rows of the last one. */
  async script<Row>(sql: string): Promise<Row[]> {
    try {
      const results = (await this.#on.query(sql)) as unknown as pg.QueryResult | pg.QueryResult[];
      return ([results].flat().at(-1)?.rows ?? []) as Row[];
    } catch (error) {
      throw wrapped(error);
    }
  }
}

/** Columns of rows, as `unnest` takes them. */
export const columnsOf = <Row>(rows: readonly Row[], ...columns: ((row: Row) => unknown)[]): unknown[][] =>
  columns.map((column) => rows.map(column));

export function makePool(options: ConnectOptions, max: number): pg.Pool {
  const pool = new pg.Pool({ ...configOf(options), max, idleTimeoutMillis: 30_000 });
  // An idle connection that is lost is replaced; whoever uses one hears of it there.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
