import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { databaseFile } from '../environment.ts';
import { syncToDisk } from '../storage/sqlite/backup.ts';
import { connect, schemaVersion } from '../storage/sqlite/open.ts';
import { CommandRefused, command, fileFrom } from './command.ts';

await command({
  help: `Puts a backup in the place of the database. Refuses to overwrite one: stop the server and move DATA_DIR away first.

  npm run restore -- FILE

Afterwards outgoing mail and webhooks are paused until an administrator releases them.`,
  options: {},
  async run({ environment, positionals }) {
    const [name] = positionals;
    if (!name || positionals.length > 1) throw new CommandRefused('Name one file: npm run restore -- FILE');
    const from = fileFrom(name);
    const to = databaseFile(environment);
    // A log that was left behind would be replayed onto the restored file.
    const present = ['', '-wal', '-shm'].map((end) => `${to}${end}`).filter((file) => existsSync(file));
    if (present.length > 0)
      throw new CommandRefused(
        `There already, and not overwritten: ${present.join(', ')}. Stop the server and move DATA_DIR away first.`,
      );
    if (!existsSync(from)) throw new CommandRefused(`There is no such file: ${from}`);
    await mkdir(dirname(to), { recursive: true });
    const unfinished = `${to}.unfinished`;
    await copyFile(from, unfinished);
    try {
      const ratings = prepare(unfinished);
      await syncToDisk(unfinished);
      await rename(unfinished, to);
      await syncToDisk(dirname(to));
      console.log(`${to}: ${ratings} ratings restored. Outgoing mail and webhooks are paused.`);
    } finally {
      for (const end of ['', '-wal', '-shm']) await rm(`${unfinished}${end}`, { force: true });
    }
  },
});

/** Checks the copy and pauses what it would send; the number of ratings in it. */
function prepare(file: string): number {
  const refused = (why: string) => new CommandRefused(`This is not a backup that can be restored: ${why}.`);
  let db: ReturnType<typeof connect>;
  try {
    db = connect(file);
  } catch {
    throw refused('it is not a database');
  }
  try {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version === 0) throw refused('it is not of Klantpuls');
    if (version > schemaVersion) throw refused('it is of a newer Klantpuls; use that one');
    if (db.pragma('quick_check', { simple: true }) !== 'ok') throw refused('it is damaged');
    db.prepare("INSERT OR REPLACE INTO settings VALUES ('outgoingPaused', 'true')").run();
    const ratings = db.prepare('SELECT count(*) FROM ratings').pluck().get() as number;
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    return ratings;
  } finally {
    db.close();
  }
}
