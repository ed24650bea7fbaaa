import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { databaseFile, fingerprintOf, keyFile, presentKey } from '../environment.ts';
import { appendAudit } from '../storage/sqlite/audit.ts';
import { syncToDisk } from '../storage/sqlite/backup.ts';
import { connect, schemaVersion } from '../storage/sqlite/open.ts';
import { readFingerprint } from '../storage/sqlite/settings.ts';
import { auditOf, CommandRefused, command, fileFrom } from './command.ts';

await command({
  help: `Puts a backup in the place of the database. Refuses to overwrite one: stop the server and move DATA_DIR away first.

  npm run restore -- FILE

Afterwards outgoing mail and webhooks are paused until an administrator releases them.
The key that was kept with the backup belongs beside DATA_DIR (DATA_DIR.key) or in SECRET_KEY.

  --new-key   the key is lost: go on with another one. Everybody signs in again; a file that was imported before, and
              a telephone call that is sent again, count twice. (Lost without a restore: make a backup and restore it.)`,
  options: { 'new-key': { type: 'boolean' } },
  async run({ environment, values, positionals }) {
    const [name] = positionals;
    if (!name || positionals.length > 1) throw new CommandRefused('Name one file: npm run restore -- FILE');
    if (environment.DATABASE_URL !== undefined)
      throw new CommandRefused(
        'This puts a file in DATA_DIR. For PostgreSQL use its own tools, or leave DATABASE_URL out, restore, and move.',
      );
    const from = fileFrom(name);
    const to = databaseFile(environment);
    // A log that was left behind would be replayed onto the restored file.
    const present = ['', '-wal', '-shm'].map((end) => `${to}${end}`).filter((file) => existsSync(file));
    if (present.length > 0)
      throw new CommandRefused(
        `There already, and not overwritten: ${present.join(', ')}. Stop the server and move DATA_DIR away first.`,
      );
    if (!existsSync(from)) throw new CommandRefused(`There is no such file: ${from}`);
    const key = presentKey(environment);
    await mkdir(dirname(to), { recursive: true });
    const unfinished = `${to}.unfinished`;
    await copyFile(from, unfinished);
    try {
      const { ratings, fingerprint } = prepare(unfinished, values['new-key'] ?? false);
      await syncToDisk(unfinished);
      await rename(unfinished, to);
      await syncToDisk(dirname(to));
      console.log(`${to}: ${ratings} ratings restored. Outgoing mail and webhooks are paused.`);
      if (fingerprint !== null && (key === null || fingerprintOf(key) !== fingerprint))
        console.log(
          `This backup was used with ${key === null ? 'a key that is not here' : 'another key'}: before you start, ` +
            `put the key that was kept with it in ${keyFile(environment)} or in SECRET_KEY. Lost? See --new-key in --help.`,
        );
    } finally {
      for (const end of ['', '-wal', '-shm']) await rm(`${unfinished}${end}`, { force: true });
    }
  },
});

/** Checks the copy and pauses what it would send; the number of ratings in it and the fingerprint of its key. */
function prepare(file: string, newKey: boolean): { ratings: number; fingerprint: string | null } {
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
    // A backup from before there was an audit log gets one at the next start.
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit_chain'").get())
      db.transaction(() => appendAudit(db, auditOf('restore', newKey ? 'new-key' : null), Date.now()))();
    if (newKey) db.prepare("DELETE FROM settings WHERE name = 'keyFingerprint'").run();
    const fingerprint = readFingerprint(db);
    const ratings = db.prepare('SELECT count(*) FROM ratings').pluck().get() as number;
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    return { ratings, fingerprint };
  } finally {
    db.close();
  }
}
