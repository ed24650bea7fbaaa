import { cpus, totalmem } from 'node:os';
import type { Row } from './bench/report.ts';

/** Each is loaded when it runs, so that the help is there at once. */
const benches: Record<string, (options: { dashboards?: number | undefined }) => Promise<Row[]>> = {
  ingest: async () => (await import('./bench/ingest.ts')).benchIngest(),
  live: async (options) => (await import('./bench/live.ts')).benchLive(options),
  summary: async () => (await import('./bench/summary.ts')).benchSummary(),
  import: async () => (await import('./bench/import.ts')).benchImport(),
  explain: async () => (await import('./bench/explain.ts')).benchExplain(),
  comments: async () => (await import('./bench/comments.ts')).benchComments(),
  page: async () => (await import('./bench/page.ts')).benchPage(),
  postgres: async () => (await import('./bench/postgres.ts')).benchPostgres(),
  overload: async () => (await import('./bench/overload.ts')).benchOverload(),
  scale: async () => (await import('./bench/scale.ts')).benchScale(),
};

const args = process.argv.slice(2);
const option = args.indexOf('--dashboards');
const dashboards = option < 0 ? undefined : Number(args[option + 1]);
const asked = option < 0 ? args : args.toSpliced(option, 2);
/** Takes an hour the first time, and 15 GB of disk: only when it is asked for. */
const usual = Object.keys(benches).filter((name) => name !== 'scale');
const known = asked.every((name) => name in benches) && (dashboards === undefined || dashboards >= 1);
if (args.includes('--help') || !known) {
  console.log(`Measures, each time against a yardstick of the same run.

  npm run bench                                 all but scale
  npm run bench -- ingest                       some of: ${Object.keys(benches).join(', ')}
  npm run bench -- live --dashboards 3000       so many, instead of 200, 1,000 and 3,000

The first run of "summary" makes ten million ratings, which takes some minutes, the first of "scale" fifty million, which takes
an hour and 15 GB; they are kept in the temporary folder.`);
  process.exit(args.includes('--help') ? 0 : 1);
}

const { printTable } = await import('./bench/report.ts');
const rows: Row[] = [];
for (const name of asked.length > 0 ? asked : usual) {
  console.log(`${name} …`);
  rows.push(...(await benches[name]!({ dashboards })));
}
const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format();
console.log(
  `\n${today}: ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
printTable(rows);
process.exit(0);
