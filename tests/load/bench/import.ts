import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect, openMigrated } from '../../../server/storage/sqlite/open.ts';
import { built, runCommand, temporaryFolder } from '../../support/program.ts';
import { type Row, round } from './report.ts';

const rows = 1_000_000;
const perTransaction = 2000;

async function writeCsv(file: string): Promise<void> {
  const out = createWriteStream(file);
  const touchpoints = ['balie-1', 'website', 'digitaal-product', 'telefoon-14079'];
  out.write('touchpoint;grade;givenAt;language;comment\n');
  const first = Date.UTC(2023, 10, 20);
  for (let i = 0; i < rows; i++) {
    const at = new Date(
      first +
        Math.floor((i / rows) * 1095) * 86_400_000 +
        ((7 + (i % 10)) * 3600 + ((i * 7919) % 3600)) * 1000,
    );
    const comment = i % 7 === 0 ? '"Goed geholpen; al duurde het even"' : '';
    const line = `${touchpoints[i % 4]};${1 + ((i * 31) % 10)};${at.toISOString()};nl;${comment}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** The same rows straight into the same table with the same index, nothing counted, checked or redacted. */
function rawInserts(folder: string): number {
  const file = join(folder, 'raw.db');
  openMigrated(file).close();
  const db = connect(file);
  const insert = db.prepare(
    'INSERT INTO ratings (id, placement, grade, smiley, product, language, form, at, received_after, given_after, marks, answers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const comment = db.prepare('INSERT INTO comments VALUES (?, ?, 1, ?)');
  const started = performance.now();
  const many = db.transaction((from: number) => {
    for (let i = from; i < from + perTransaction; i++) {
      const id = Buffer.alloc(16);
      id.writeUIntBE(1_700_000_000_000 + i * 94_608, 0, 6);
      id.writeUInt32BE((i * 2_654_435_761) >>> 0, 8);
      const { lastInsertRowid } = insert.run(id, 1, 1 + (i % 10), null, 0, 1, null, i, 0, 0, 4, null);
      if (i % 7 === 0) comment.run(lastInsertRowid, i, 'Goed geholpen; al duurde het even');
    }
  });
  for (let from = 0; from < rows; from += perTransaction) many.immediate(from);
  const seconds = (performance.now() - started) / 1000;
  db.close();
  return rows / seconds;
}

/** The largest resident memory of a command, in MB, looked at ten times a second. */
async function importWatched(
  dataDir: string,
  file: string,
): Promise<{ seconds: number; output: string; megabytes: number }> {
  const { readFileSync } = await import('node:fs');
  const started = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', built('server/cli/import.ts'), file], {
    env: { ...process.env, DATA_DIR: dataDir },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  let megabytes = 0;
  const looking = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // No such file on this system, or the process has just ended.
    }
  }, 100);
  await once(child, 'exit');
  clearInterval(looking);
  return { seconds: (performance.now() - started) / 1000, output: output.trim(), megabytes };
}

export async function benchImport(): Promise<Row[]> {
  const folder = temporaryFolder();
  const file = join(folder, 'ratings.csv');
  await writeCsv(file);
  const raw = rawInserts(folder);
  const dataDir = join(folder, 'data');
  const first = await importWatched(dataDir, file);
  const second = await importWatched(dataDir, file);
  const recount = await runCommand(dataDir, 'recount');
  rmSync(folder, { recursive: true });
  console.log(`  ${first.output}\n  ${second.output}\n  ${recount.stdout.trim().replace('\n', ', ')}`);
  return [
    {
      what: `import of ${round(rows)} rows (${round(first.megabytes)} MB of memory at most)`,
      yardstick: `bare inserts ${round(raw)}/s`,
      ours: `${round(rows / first.seconds)}/s`,
      ratio: round(rows / first.seconds / raw, 2),
    },
  ];
}
