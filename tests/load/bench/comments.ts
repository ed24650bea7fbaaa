import { join } from 'node:path';
import { city } from '../../../server/demo/city.ts';
import { fill } from '../../../server/demo/fill.ts';
import { openSqlite } from '../../../server/storage/sqlite/store.ts';
import { prepare } from '../../support/prepared.ts';
import { temporaryFolder } from '../../support/program.ts';
import { get } from '../../support/ratings.ts';
import { keepOffTheServersCore, startPinned } from './process.ts';
import { percentile, type Row, round } from './report.ts';

const wanted = 100_000;
const searches = [
  ...['wachttijd', 'wacht', 'formulier', 'niet', 'de', 'vriendelijk', 'digid', 'klacht', 'par', 'xyz'],
  ...['lang wachten', '"niet duidelijk"', 'paspoort snel', 'medewerkers aardig', 'afspraak maken balie'],
];
const filters = [
  '',
  '&channel=balie',
  '&theme=wachttijd',
  '&status=done',
  '&kind=improvement&channel=telefoon',
];

/** The demo city with a hundred thousand comments, ready to be started. */
export async function commentsFolder(): Promise<string> {
  const dataDir = join(temporaryFolder(), 'data');
  const store = await openSqlite({ file: join(dataDir, 'klantpuls.db') });
  const now = Date.now();
  await fill(store, { now });
  // The comments of the demo again, with other ids and some minutes apart, until there are enough.
  const found = await store.inbox.count(
    {
      ...{ from: null, to: null, placements: null, products: null, languages: null, marked: true },
      ...{ themes: null, statuses: null, kind: null, sought: null, after: null },
    },
    wanted,
  );
  for (let round = 1, written = found; written < wanted; round++) {
    const more = [...city({ now, seed: 79 + round })].filter(({ comment }) => comment !== null);
    const batch = more.slice(0, wanted - written);
    for (let i = 0; i < batch.length; i += 2000) await store.append(batch.slice(i, i + 2000));
    written += batch.length;
  }
  // As they are a while after they came: read for themes, and found by their words.
  while (await store.inbox.index(5000));
  await store.close();
  return dataDir;
}

/** Searching a hundred thousand comments, every search with every filter, first pages and those behind. */
export async function benchComments(): Promise<Row[]> {
  const dataDir = await commentsFolder();
  const { manager } = await prepare(dataDir, { tokens: { manager: 'manager' } });
  keepOffTheServersCore();
  const program = await startPinned({ dataDir }, false);
  const times: number[] = [];
  for (let turn = 0; turn < 6; turn++)
    for (const q of searches)
      for (const filter of filters) {
        const began = performance.now();
        const path = `/comments?q=${encodeURIComponent(q)}${filter}`;
        const { status, body } = await get<{ next: string | null }>(program.url, path, manager);
        if (status !== 200) throw new Error(`status ${status}`);
        if (turn > 0) times.push(performance.now() - began);
        if (!body.next) continue;
        const next = performance.now();
        await get(program.url, `${path}&cursor=${body.next}`, manager);
        if (turn > 0) times.push(performance.now() - next);
      }
  await program.stop();
  return [
    {
      what: `search of ${wanted.toLocaleString('en')} comments, by word with and without filters`,
      yardstick: `${times.length} questions`,
      ours: `p50 ${round(percentile(times, 0.5), 1)} ms, p99 ${round(percentile(times, 0.99), 1)} ms`,
      ratio: '',
    },
  ];
}
