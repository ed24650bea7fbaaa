import { databaseFile, type Environment } from './environment.ts';
import type { Store } from './storage/port.ts';
import { openSqlite } from './storage/sqlite/store.ts';

/** The database that the environment names: PostgreSQL at DATABASE_URL, else a file of SQLite in DATA_DIR. */
export async function openStore(environment: Environment): Promise<Store> {
  const { DATABASE_URL: url, DATABASE_CONNECTIONS: connections } = environment;
  if (url === undefined) return openSqlite({ file: databaseFile(environment) });
  // Its driver is loaded by those who use it.
  const { openPostgres } = await import('./storage/postgres/store.ts');
  return openPostgres({ url, ...(connections === undefined ? {} : { connections }) });
}
