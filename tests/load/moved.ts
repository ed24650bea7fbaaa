import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Program } from '../support/program.ts';

if (process.argv.includes('--help')) {
  console.log(`Moves the city of the demo to PostgreSQL and back, some minutes.

  npm run moved

The move there is killed half-way and started again. Then a program on each of the three databases is asked the same: figures,
series, explanations, rhythms, norms and comments. Exit 1 when one of them answers otherwise.`);
  process.exit();
}
// Loaded when it runs, so that the help is there at once.
const { demoSettings, fill } = await import('../../server/demo/fill.ts');
const { followUps } = await import('../../server/demo/follow-ups.ts');
const { tablets } = await import('../../server/demo/tablets.ts');
const { openSqlite } = await import('../../server/storage/sqlite/store.ts');
const { startPostgres } = await import('../support/postgres.ts');
const { prepare } = await import('../support/prepared.ts');
const { built, runCommand, startProgram, temporaryFolder } = await import('../support/program.ts');
const { get } = await import('../support/ratings.ts');
const { until } = await import('../support/until.ts');

let failed = false;
function say(what: string, good: boolean): void {
  console.log(`${good ? 'good' : 'BAD '}  ${what}`);
  failed ||= !good;
}

const [dataDir, backDir] = [join(temporaryFolder(), 'data'), temporaryFolder()];
const sqlite = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
const now = Date.now();
const whole = await fill(sqlite, { now });
await followUps(sqlite, now);
await tablets(sqlite, now);
await sqlite.close();
const { manager = '' } = await prepare(dataDir, { tokens: { manager: 'manager' } });
console.log(`      ${whole} ratings of the demo city`);

const postgres = await startPostgres({ durable: true });
const programs: Program[] = [];
try {
  const url = await postgres.empty();
  await moveThere(url);
  const back = await runCommand(dataDir, 'move', '--from', url, join(backDir, 'klantpuls.db'));
  say(`back again: ${summaryOf(back.stdout)} ${back.stderr}`, back.code === 0);
  const environment = { SECRET_KEY: 'one key of the three programs, long enough' };
  programs.push(await startProgram({ dataDir, environment }));
  programs.push(await startProgram({ environment: { ...environment, DATABASE_URL: url } }));
  programs.push(await startProgram({ dataDir: backDir, environment }));
  await compare();
} finally {
  await Promise.all(programs.map((program) => program.kill()));
  await postgres.stop();
}
process.exit(failed ? 1 : 0);

function summaryOf(output: string): string {
  return output.trim().split('\n').slice(0, 2).join('; ');
}

/** Killed when half of the ratings are there, and started again. */
async function moveThere(url: string): Promise<void> {
  const first = spawn(process.execPath, [built('server/cli/move.ts'), '--to', url], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
  });
  const copied = async () => {
    await pause(50);
    const [found] = await postgres
      .query(url, 'SELECT count(*)::int AS n FROM rating_numbers')
      .catch(() => []);
    return Number(found?.n ?? 0);
  };
  await until('half of them are there', async () => (await copied()) > whole / 2, 120_000);
  first.kill('SIGKILL');
  const atKill = await copied();
  const { stdout, stderr, code } = await runCommand(dataDir, 'move', '--to', url);
  say(
    `killed when ${atKill} of ${whole} were there, and continued: ${summaryOf(stdout)} ${stderr}`,
    code === 0 && atKill < whole,
  );
}

/** Every question to all three, until all answer the same: words and themes are found anew after a move. */
async function compare(): Promise<void> {
  const keys = demoSettings.channels?.map(({ key }) => key) ?? [];
  const pair = 'from=2026-04-01&to=2026-06-30&baseFrom=2026-01-01&baseTo=2026-03-31';
  const year = 'from=2025-01-01&to=2025-12-31';
  const paths = [
    ...['channel', 'touchpoint', 'product', 'language', 'location'].flatMap((by) => [
      `/summary?by=${by}`,
      `/summary?by=${by}&${year}`,
      `/series?interval=month&by=${by}&${year}`,
    ]),
    ...keys.map((key) => `/summary?by=product&channel=${key}`),
    ...['day', 'week', 'quarter'].map((interval) => `/series?interval=${interval}&by=channel&${year}`),
    ...['channel', 'channel,product', 'touchpoint'].map((by) => `/explanations?by=${by}&${pair}`),
    ...[`/rhythms?${year}`, `/service-norms?${year}`, '/indicators'],
    ...['/comments', '/comments?q=wachttijd', '/comments?q=balie'],
  ];
  const statuses = new Map<number, number>();
  for (const path of paths) {
    let answers: Awaited<ReturnType<typeof get<Record<string, unknown>>>>[] = [];
    const ask = async () => {
      answers = await Promise.all(
        programs.map((program) => get<Record<string, unknown>>(program.url, path, manager)),
      );
      return answers.every(
        ({ status, body }) => status === answers[0]!.status && same(body, answers[0]!.body),
      );
    };
    const equal = await until(path, ask, 20_000).then(
      () => true,
      () => false,
    );
    const { status } = answers[0]!;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (!equal || status !== 200)
      say(`${path}: ${answers.map((one) => one.status).join(', ')}, not the same`, false);
  }
  say(
    `${paths.length} questions to SQLite, PostgreSQL and SQLite again, answered alike (${[...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')})`,
    !failed,
  );
}

/** The sequence is that of the commits of each database. */
function same(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  return isDeepStrictEqual({ ...one, sequence: 0 }, { ...other, sequence: 0 });
}
