import { themesIn } from '../words.ts';
import { columnsOf, type Db } from './db.ts';
import type { Post, Rating } from './rows.ts';
import { vectorOf } from './words.ts';

/** What a grade or smiley stands for among the comments. */
const standsFor = ({ grade, smiley }: Post): number => grade ?? 1 + (smiley! - 1) * 2.25;

/** What was posted first of ratings to which something was added. Runs inside a transaction. */
export async function keepFirst(db: Db, rows: readonly Rating[]): Promise<void> {
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

/** What was added to ratings that were there. Runs inside a transaction. */
export async function change(db: Db, rows: readonly Rating[], themes: unknown): Promise<void> {
  if (rows.length === 0) return;
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
