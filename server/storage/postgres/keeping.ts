import { mark } from '../port.ts';
import { themesIn } from '../words.ts';
import { columnsOf, type Db } from './db.ts';
import { makeMonths, monthOf } from './partitions.ts';
import { bytesOfId, type Post, type Rating } from './rows.ts';
import { vectorOf } from './words.ts';
import type { Clock } from './work.ts';

/** Later than this after it was given a rating or comment is no news, in milliseconds. */
export const newsFor = 3 * 3_600_000;
const isNews = ({ marks, received_after }: Rating): boolean =>
  (marks & (mark.imported | mark.trial | mark.voided)) === 0 && received_after <= newsFor;

/** What a grade or smiley stands for among the comments. */
const standsFor = ({ grade, smiley }: Post): number => grade ?? 1 + (smiley! - 1) * 2.25;

const insert = `WITH numbers AS (
    INSERT INTO rating_numbers SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bigint[])
  ), said AS (
    INSERT INTO comments SELECT * FROM unnest($13::bigint[], $14::bigint[], $15::int[], $16::text[])
  ), unread AS (
    INSERT INTO unread_comments SELECT unnest($13::bigint[])
  ), happened AS (
    INSERT INTO rating_events (kind, rating)
    SELECT * FROM unnest($17::text[], $18::bigint[]) WHERE EXISTS (SELECT 1 FROM webhooks)
  ), counted AS (UPDATE clock SET ratings = $19)
  INSERT INTO ratings (seq, at, placement, grade, smiley, product, language, form, received_after, given_after, marks, answers)
  SELECT * FROM unnest($1::bigint[], $3::bigint[], $4::int[], $5::smallint[], $6::smallint[], $7::int[], $8::int[],
    $9::int[], $10::bigint[], $11::bigint[], $12::smallint[], $20::text[])`;

/** Writes new ratings, what changed of others, and what of it others are told. Runs inside a transaction. */
export async function keepRatings(
  db: Db,
  clock: Clock,
  touched: readonly Rating[],
  events: readonly { kind: string; rating: Rating }[],
  { themes, months }: { themes: unknown; months: Set<number> },
): Promise<void> {
  if (touched.length === 0) return;
  const made = touched.filter(({ was }) => was === null);
  const said = touched.filter(({ was, comment }) => comment !== null && (was?.comment ?? null) === null);
  const told = events.filter(({ rating }) => isNews(rating));
  if (made.length > 0) await ensureMonths(db, made, months);
  await db.run(
    insert,
    [
      ...columnsOf(
        made,
        (row) => row.seq,
        (row) => bytesOfId(row.id),
        (row) => row.at,
        (row) => row.placement,
        (row) => row.grade,
        (row) => row.smiley,
        (row) => row.product,
        (row) => row.language,
        (row) => row.form,
        (row) => row.received_after,
        (row) => row.given_after,
        (row) => row.marks,
      ),
      ...columnsOf(
        said,
        ({ seq }) => seq,
        ({ at }) => at,
        ({ placement }) => placement,
        ({ comment }) => comment,
      ),
      ...columnsOf(
        told,
        ({ kind }) => kind,
        ({ rating }) => rating.seq,
      ),
      clock.ratings,
      made.map(({ answers }) => answers),
    ],
    true,
  );
  await keepFirst(
    db,
    touched.filter(({ first, was }) => first !== null && !was?.first),
  );
  const changed = touched.filter(({ was }) => was !== null);
  if (changed.length > 0) await change(db, changed, themes);
}

/** A month is new once in thirty days, but a file of old ratings holds many. */
async function ensureMonths(db: Db, made: readonly Rating[], known: Set<number>): Promise<void> {
  const missing = [...new Set(made.map(({ at }) => monthOf(at)))].filter((month) => !known.has(month));
  if (missing.length === 0) return;
  await makeMonths(db, missing);
  for (const month of missing) known.add(month);
}

async function keepFirst(db: Db, rows: readonly Rating[]): Promise<void> {
  if (rows.length === 0) return;
  await db.run(
    `INSERT INTO first_posts SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::text[], $5::text[])`,
    columnsOf(
      rows,
      ({ seq }) => seq,
      ({ first }) => first!.grade,
      ({ first }) => first!.smiley,
      ({ first }) => first!.answers,
      ({ first }) => first!.comment,
    ),
  );
}

async function change(db: Db, rows: readonly Rating[], themes: unknown): Promise<void> {
  await db.run(
    `UPDATE ratings r SET grade = n.grade, smiley = n.smiley, answers = n.answers
     FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::smallint[], $5::text[])
       AS n(seq, at, grade, smiley, answers) WHERE r.seq = n.seq AND r.at = n.at`,
    columnsOf(
      rows,
      ({ seq }) => seq,
      ({ at }) => at,
      ({ grade }) => grade,
      ({ smiley }) => smiley,
      ({ answers }) => answers,
    ),
  );
  await db.run(
    `UPDATE inbox i SET grade = n.grade FROM unnest($1::bigint[], $2::bigint[], $3::float8[]) AS n(seq, at, grade)
     WHERE i.seq = n.seq AND i.at = n.at`,
    columnsOf(
      rows,
      ({ seq }) => seq,
      ({ at }) => at,
      standsFor,
    ),
  );
  const gone = rows.filter(({ was, comment }) => was!.comment !== null && comment === null);
  if (gone.length > 0)
    await db.run('DELETE FROM comments WHERE seq = ANY($1::bigint[])', [gone.map(({ seq }) => seq)]);
  const other = rows.filter(
    ({ was, comment }) => was!.comment !== null && comment !== null && comment !== was!.comment,
  );
  if (other.length > 0) await rewrite(db, other, themes);
}

/** Comments that read otherwise now; those that were found already are found by their new words at once. */
async function rewrite(db: Db, rows: readonly Rating[], themes: unknown): Promise<void> {
  await db.run(
    `UPDATE comments c SET text = n.text FROM unnest($1::bigint[], $2::text[]) AS n(seq, text) WHERE c.seq = n.seq`,
    columnsOf(
      rows,
      ({ seq }) => seq,
      ({ comment }) => comment,
    ),
  );
  const read = rows.filter(({ unread }) => !unread);
  if (read.length === 0) return;
  await db.run(
    `WITH n AS (
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS n(seq, at, themes, words)
     ), themed AS (
       UPDATE inbox i SET themes = n.themes FROM n WHERE i.seq = n.seq AND i.at = n.at
     ), news AS (
       INSERT INTO comment_news (seq, what) SELECT seq, 'changed' FROM n
     )
     INSERT INTO comment_words SELECT seq, words::tsvector FROM n
     ON CONFLICT (seq) DO UPDATE SET words = excluded.words`,
    columnsOf(
      read,
      ({ seq }) => seq,
      ({ at }) => at,
      ({ comment }) => themesIn(comment!, themes),
      ({ comment }) => vectorOf(comment!),
    ),
  );
}
