import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackupRefused } from '../storage/refused.ts';
import { auditOf, CommandRefused, command, fileFrom, Progress } from './command.ts';

await command({
  help: `Makes a consistent copy of the database, also while the server runs. Overwrites nothing.

  npm run backup -- FILE

Keep the key that stands beside DATA_DIR (DATA_DIR.key) too, somewhere else: a backup does not hold it.`,
  options: {},
  async run({ positionals, open }) {
    const [name] = positionals;
    if (!name || positionals.length > 1) throw new CommandRefused('Name one file: npm run backup -- FILE');
    const file = fileFrom(name);
    if (!existsSync(dirname(file))) throw new CommandRefused(`There is no such folder: ${dirname(file)}`);
    const progress = new Progress();
    const store = await open({ mustExist: true });
    // A copy holds every comment.
    await store.audit.append(auditOf('backup'));
    try {
      await store.backup(file, (share) => progress.show(`copying … ${Math.round(share * 100)} %`));
    } catch (error) {
      throw error instanceof BackupRefused ? new CommandRefused(error.message) : error;
    } finally {
      progress.end();
    }
    console.log(`${file}: ${((await stat(file)).size / 1e6).toFixed(1)} MB`);
  },
});
