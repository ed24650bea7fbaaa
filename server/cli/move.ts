import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { databaseFile } from '../environment.ts';
import { backup } from '../storage/move/backup.ts';
import { compare } from '../storage/move/compare.ts';
import { copyToPostgres } from '../storage/move/to-postgres.ts';
import { withConnection } from '../storage/postgres/open.ts';
import { openPostgres } from '../storage/postgres/store.ts';
import { BackupRefused } from '../storage/refused.ts';
import { connect } from '../storage/sqlite/open.ts';
import { auditOf, CommandRefused, command, fileFrom, Progress } from './command.ts';

await command({
  help: `Moves a database between SQLite and PostgreSQL, and compares every figure at the end. Stop the server first.

  npm run move -- --to DATABASE_URL             the database of DATA_DIR, to an empty one of PostgreSQL
  npm run move -- --from DATABASE_URL FILE      PostgreSQL, to a new file of SQLite

Ctrl-C is safe: the same command goes on where it was. What is moved from stays as it is. The key beside DATA_DIR
(DATA_DIR.key) belongs to the data: give it to every machine as SECRET_KEY.`,
  options: { to: { type: 'string' }, from: { type: 'string' } },
  async run({ environment, values, positionals }) {
    const { to, from } = values;
    const url = to ?? from;
    if (!url || (to && from) || !/^postgres(?:ql)?:/.test(url) || positionals.length !== (from ? 1 : 0))
      throw new CommandRefused('Say where to: npm run move -- --to postgres://… (see --help)');
    const file = from ? fileFrom(positionals[0]!) : databaseFile(environment);
    const progress = new Progress();
    const show = (what: string, share: number) => progress.show(`${what} … ${Math.round(share * 100)} %`);
    if (from) {
      if (!existsSync(dirname(file))) throw new CommandRefused(`There is no such folder: ${dirname(file)}`);
      await backup({ url }, file, (share) => show('ratings', share)).catch((error: unknown) => {
        throw error instanceof BackupRefused ? new CommandRefused(error.message) : error;
      });
    } else {
      if (!existsSync(file))
        throw new CommandRefused(
          `There is no database ${file}. Set DATA_DIR to the folder that the server uses.`,
        );
      await copyToPostgres(file, { url }, show);
    }
    progress.end();
    await checkMove(file, url);
    const store = await openPostgres({ url, connections: 2 });
    try {
      const { ratings, differences } = await store.recount({ repair: false });
      console.log(`${ratings} ratings counted again in PostgreSQL, ${differences} differences`);
      if (differences > 0)
        throw new CommandRefused('The figures do not fit the ratings. See npm run recount.');
      if (to) await store.audit.append(auditOf('move', 'to-postgresql'));
    } finally {
      await store.close();
    }
    console.log(
      `Moved. ${to ? `Start with DATABASE_URL set.` : `${file} can be restored with npm run restore.`}`,
    );
  },
});

async function checkMove(file: string, url: string): Promise<void> {
  const sqlite = connect(file, { readonly: true });
  try {
    const { figures, differences } = await withConnection({ url }, (db) => compare(sqlite, db));
    console.log(`${figures} figures compared, ${differences.length} differences`);
    if (differences.length > 0)
      throw new CommandRefused(
        `The two are not alike; was the server running? First of them: ${differences.slice(0, 5).join('; ')}`,
      );
  } finally {
    sqlite.close();
  }
}
