import { slotOf } from '#shared/core/calendar.ts';
import { levels, startIn } from '../levels.ts';
import { mark, type RecountResult } from '../port.ts';
import { DatabaseRefused } from '../refused.ts';
import { addBuckets, announce, type BucketRow, bucketKey, countColumns } from './counting.ts';
import type { ConnectOptions, Db } from './db.ts';
import { addNorms, normDifferences } from './norms.ts';
import { withConnection } from './open.ts';
import { readKept } from './removal.ts';
import { keepValue, keptValue } from './settings.ts';
import type { Work } from './work.ts';

const hour = 3_600_000;
/** Differences mended per transaction, so that ratings keep coming in. */
const perRepair = 200;
const repairsIn = async (db: Db): Promise<number> => Number((await keptValue(db, 'repairs')) ?? 0);

const sums = countColumns.map((name) => `sum(${name})::int AS ${name}`).join(', ');
const key = bucketKey.join(', ');

/** What the ratings give for every roll-up from a time on, in a table of this connection. */
async function countTruth(db: Db, sealed: number): Promise<void> {
  const bounds = await db.get<{ first: number | null; last: number | null }>(
    'SELECT min(at) AS first, max(at) AS last FROM ratings',
  );
  const from = Math.floor((bounds?.first ?? 0) / hour);
  const to = Math.floor((bounds?.last ?? 0) / hour);
  // An hour of the clock in Amsterdam is an hour UTC, so the calendar is asked once for each.
  const hours = Array.from({ length: bounds?.first === null ? 0 : to - from + 1 }, (_, i) => from + i);
  const slots = hours.map((one) => slotOf(one * hour));
  await db.script(
    'CREATE TEMP TABLE hours (hour integer PRIMARY KEY, slot integer, day integer, third integer) ON COMMIT DROP',
  );
  await db.run('INSERT INTO hours SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::int[])', [
    hours,
    slots,
    slots.map((slot) => startIn('day', slot)),
    slots.map((slot) => startIn('third', slot)),
  ]);
  const counted = countColumns.map(
    (name) =>
      `count(*) FILTER (WHERE ${name[0] === 'g' ? 'grade' : 'smiley'} = ${name.slice(1)})::int AS ${name}`,
  );
  await db.script(
    `CREATE TEMP TABLE per_hour ON COMMIT DROP AS
       SELECT placement, floor(at / ${hour}.0)::int AS hour, product, language,
         ((marks & ${mark.burst | mark.clock}) <> 0)::int AS marked, ${counted.join(', ')}
       FROM ratings WHERE at >= ${sealed} AND marks & ${mark.trial | mark.voided} = 0 GROUP BY 1, 2, 3, 4, 5`,
  );
  const parts = levels.map(
    ({ level, detail, unit }) =>
      `SELECT ${level} AS level, placement, h.${unit} AS start, ${detail ? 'product, language' : '0 AS product, 0 AS language'},
         marked, ${sums} FROM per_hour JOIN hours h USING (hour) GROUP BY 2, 3, 4, 5, 6`,
  );
  await db.script(`CREATE TEMP TABLE truth ON COMMIT DROP AS ${parts.join(' UNION ALL ')}`);
}

/**
 * Counts every rating again at one moment and compares each roll-up. A repair adds the difference, so what came in
 * since that moment stays counted.
 */
export async function recount(
  options: ConnectOptions,
  { repair, onProgress }: { repair: boolean; onProgress?: (ratings: number) => void },
  transaction: Work['transaction'],
): Promise<RecountResult> {
  const found = await withConnection(options, async (db) => {
    await db.script('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const repairs = await repairsIn(db);
    // Ratings from before this were removed after their period: their counts are sealed.
    const sealed = (await readKept(db)).ratings;
    await countTruth(db, sealed);
    const compared = levels
      .map(({ level, unit }) => `(level = ${level} AND start >= ${startIn(unit, slotOf(sealed))})`)
      .join(' OR ');
    const ratings = (await db.value<number>('SELECT count(*) FROM ratings'))!;
    const cells = (await db.value<number>('SELECT count(*) FROM truth'))!;
    onProgress?.(ratings);
    const differing = await db.rows<BucketRow>(
      `SELECT ${key}, ${sums} FROM (
         SELECT * FROM truth
         UNION ALL SELECT ${key}, ${countColumns.map((name) => `-${name}`).join(', ')} FROM buckets WHERE ${compared}
       ) both_ GROUP BY ${key} HAVING ${countColumns.map((name) => `sum(${name}) <> 0`).join(' OR ')}`,
    );
    const norms = await normDifferences(db);
    await db.script('ROLLBACK');
    return { repairs, ratings, cells, differing, norms };
  });
  const { ratings, cells, differing, norms } = found;
  if (repair)
    for (
      let from = 0, turn = found.repairs;
      from < Math.max(differing.length, norms.length);
      from += perRepair, turn++
    )
      await transaction(async (db, clock) => {
        // What another repair mended since the snapshot would be mended twice.
        if ((await repairsIn(db)) !== turn)
          throw new DatabaseRefused(
            'Another repair is or was at work at the same time, so this one stopped. Start it again when that one is ready.',
          );
        const rows = differing.slice(from, from + perRepair);
        if (rows.length > 0) await addBuckets(db, rows);
        await addNorms(db, norms.slice(from, from + perRepair));
        await announce(db, clock, null);
        await keepValue(db, 'repairs', turn + 1);
      });
  return { ratings, cells, differences: differing.length + norms.length };
}
