import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backups } from '../operations/backups.ts';
import { connect } from '../storage/sqlite/open.ts';
import { openSqlite } from '../storage/sqlite/store.ts';
import { CommandRefused, command, fileFrom, Progress } from './command.ts';

await command({
  help: `Restores a backup into a temporary folder, checks it, counts every rating again, and removes the folder.

  npm run drill            the newest backup of BACKUP_DIR; one made for it where there is none
  npm run drill -- FILE    this one

DATA_DIR is not touched. Exit 1 when the backup could not be used.`,
  options: {},
  async run({ environment, positionals, open }) {
    const folder = await mkdtemp(join(tmpdir(), 'klantpuls-drill-'));
    try {
      const file = join(folder, 'klantpuls.db');
      const started = performance.now();
      await copyFile(positionals[0] ? fileFrom(positionals[0]) : await newest(), file);
      const problem = problemIn(file);
      if (problem) throw new CommandRefused(`This backup cannot be used: ${problem}.`);
      const store = await openSqlite({ file });
      const progress = new Progress();
      try {
        const { ratings, differences } = await store.recount({
          repair: false,
          onProgress: (seen) => progress.show(`${seen} ratings counted …`),
        });
        progress.end();
        console.log(`${ratings} ratings restored in ${((performance.now() - started) / 1000).toFixed(1)} s`);
        console.log(`${differences} differences`);
        if (differences > 0) throw new CommandRefused('The figures of this backup do not fit its ratings.');
      } finally {
        await store.close();
      }
      console.log('The drill succeeded.');

      async function newest(): Promise<string> {
        const backups = environment.BACKUP_DIR ?? null;
        const list = new Backups({
          folder: backups,
          database: file,
          backup: async () => {},
          leads: () => false,
          now: Date.now,
          failed: () => {},
        });
        const [last] = await list.list();
        await list.close();
        if (last) return join(backups!, last.name);
        const made = join(folder, 'backup.db');
        await (await open({ mustExist: true })).backup(made);
        return made;
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** What SQLite itself finds wrong; null when nothing. */
function problemIn(file: string): string | null {
  try {
    const db = connect(file, { readonly: true });
    try {
      const found = db.pragma('integrity_check(1)', { simple: true }) as string;
      return found === 'ok' ? null : found;
    } finally {
      db.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}
