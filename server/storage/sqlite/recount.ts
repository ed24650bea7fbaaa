import { slotOf, thirdOfDay } from '#shared/core/calendar.ts';
import { levels, startIn } from '../levels.ts';
import { mark, type RecountResult } from '../port.ts';
import { DatabaseRefused } from '../refused.ts';
import { countColumns, touchThird } from './buckets.ts';
import { mendNorms, normDifferences } from './norms.ts';
import { connect, type Db } from './open.ts';
import { readKept } from './removal.ts';

const key = ['level', 'placement', 'start', 'product', 'language', 'marked'];
/** Differences mended per transaction, so that ratings keep coming in. */
const perRepair = 200;

/** The third that a roll-up is of or in; null for a slot, which nobody keeps in memory. */
function thirdOfStart(level: number, start: number): number | null {
  const { unit } = levels[level]!;
  return unit === 'slot' ? null : unit === 'day' ? thirdOfDay(start) : start;
}

/** How many times something was mended. */
const repairsIn = (db: Db): number =>
  Number(db.prepare("SELECT value FROM settings WHERE name = 'repairs'").pluck().get() ?? 0);

/**
 * Counts every rating again at one moment and compares each roll-up. A repair adds the difference, so what came in
 * since that moment stays counted.
 */
export async function recount(
  file: string,
  db: Db,
  options: { repair: boolean; onProgress?: (ratings: number) => void },
  transaction: <Result>(work: () => Result) => Promise<Result>,
): Promise<RecountResult> {
  const snapshot = connect(file);
  try {
    snapshot.pragma('temp_store = FILE');
    let seen = 0;
    snapshot.function('seen_slot', { deterministic: false }, (at) => {
      seen++;
      if (seen % 100_000 === 0) options.onProgress?.(seen);
      return slotOf(at as number);
    });
    for (const unit of ['day', 'third'] as const)
      snapshot.function(`${unit}_of`, { deterministic: true }, (slot) => startIn(unit, slot as number));

    snapshot.exec('BEGIN');
    let repairs = repairsIn(snapshot);
    // Ratings from before this were removed after their period: their counts are sealed.
    const sealed = readKept(snapshot).ratings;
    const compared = levels
      .map(({ level, unit }) => `(level = ${level} AND start >= ${startIn(unit, slotOf(sealed))})`)
      .join(' OR ');
    snapshot.exec(`CREATE TEMP TABLE truth (${key.join(', ')}, ${countColumns.join(', ')})`);
    const counted = (column: string) =>
      `sum(${column.startsWith('g') ? 'grade' : 'smiley'} IS ${column.slice(1)})`;
    snapshot.exec(
      `INSERT INTO truth SELECT 0, placement, seen_slot(at) AS start, product, language,
         (marks & ${mark.burst | mark.clock}) <> 0 AS marked, ${countColumns.map(counted).join(', ')}
       FROM ratings WHERE at >= ${sealed} AND marks & ${mark.trial | mark.voided} = 0 GROUP BY placement, start, product, language, marked`,
    );
    const added = countColumns.map((column) => `sum(${column})`).join(', ');
    for (const { level, detail, unit } of levels.slice(1)) {
      const start = unit === 'slot' ? 'start' : `${unit}_of(start)`;
      const dimensions = detail ? 'product, language' : '0, 0';
      const grouped = `placement, ${start}, ${detail ? 'product, language, ' : ''}marked`;
      snapshot.exec(
        `INSERT INTO truth SELECT ${level}, placement, ${start}, ${dimensions}, marked, ${added}
         FROM truth WHERE level = 0 GROUP BY ${grouped}`,
      );
    }
    const ratings = snapshot.prepare('SELECT count(*) FROM ratings').pluck().get() as number;
    const cells = snapshot.prepare('SELECT count(*) FROM truth').pluck().get() as number;
    const minus = countColumns.map((column) => `-${column}`).join(', ');
    const differing = snapshot
      .prepare(
        `SELECT ${key.join(', ')}, ${added} FROM (
           SELECT * FROM truth UNION ALL SELECT ${key.join(', ')}, ${minus} FROM counts WHERE ${compared})
         GROUP BY ${key.join(', ')} HAVING ${countColumns.map((column) => `sum(${column}) <> 0`).join(' OR ')}`,
      )
      .raw()
      .all() as number[][];
    const norms = normDifferences(snapshot);
    snapshot.exec('ROLLBACK');

    if (options.repair && differing.length + norms.length > 0) {
      const adding = countColumns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ');
      const marks = [...key, ...countColumns].map(() => '?').join(', ');
      const mend = db.prepare(`INSERT INTO buckets VALUES (${marks}) ON CONFLICT DO UPDATE SET ${adding}`);
      const setRepairs = db.prepare("INSERT OR REPLACE INTO settings VALUES ('repairs', ?)");
      const touch = db.prepare(touchThird);
      const announce = db.prepare('INSERT INTO changes (deltas) VALUES (NULL)');
      for (let from = 0; from < Math.max(differing.length, norms.length); from += perRepair, repairs++)
        await transaction(() => {
          // What another repair mended since the snapshot would be mended twice.
          if (repairsIn(db) !== repairs)
            throw new DatabaseRefused(
              'Another repair is or was at work at the same time, so this one stopped. Start it again when that one is ready.',
            );
          for (const row of differing.slice(from, from + perRepair)) {
            mend.run(...row);
            const third = thirdOfStart(row[0]!, row[2]!);
            if (third !== null) touch.run(third);
          }
          mendNorms(db, norms.slice(from, from + perRepair));
          announce.run();
          setRepairs.run(String(repairs + 1));
        });
    }
    return { ratings, cells, differences: differing.length + norms.length };
  } finally {
    snapshot.close();
  }
}
