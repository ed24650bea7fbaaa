import { cpus, totalmem } from 'node:os';
import { benchComments } from './bench/comments.ts';
import { benchExplain } from './bench/explain.ts';
import { benchImport } from './bench/import.ts';
import { benchIngest } from './bench/ingest.ts';
import { benchLive } from './bench/live.ts';
import { benchPage } from './bench/page.ts';
import { benchPostgres } from './bench/postgres.ts';
import type { Row } from './bench/report.ts';
import { printTable } from './bench/report.ts';
import { benchSummary } from './bench/summary.ts';

const benches: Record<string, () => Promise<Row[]>> = {
  ingest: benchIngest,
  live: benchLive,
  summary: benchSummary,
  import: benchImport,
  explain: benchExplain,
  comments: benchComments,
  page: benchPage,
  postgres: benchPostgres,
};

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.some((name) => !(name in benches))) {
  console.log(`Measures, each time against a yardstick of the same run.

  npm run bench               all
  npm run bench -- ingest     one of: ${Object.keys(benches).join(', ')}

The first run of "summary" makes ten million ratings, which takes some minutes; they are kept in the temporary folder.`);
  process.exit(asked.includes('--help') ? 0 : 1);
}

const rows: Row[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  console.log(`${name} …`);
  rows.push(...(await benches[name]!()));
}
console.log(
  `\n${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
printTable(rows);
process.exit(0);
