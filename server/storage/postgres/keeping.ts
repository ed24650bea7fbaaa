import { changesKept } from '../deltas.ts';
import { mark } from '../port.ts';
import { arraysFrom, bucketColumns, bucketWidth, type Counted, onBucket } from './counting.ts';
import { columnsOf } from './db.ts';
import { normColumns, onNorm } from './norms.ts';
import type { Rating } from './rows.ts';
import type { Clock } from './work.ts';

/** Later than this after it was given a rating or comment is no news, in milliseconds. */
export const newsFor = 3 * 3_600_000;
const isNews = ({ marks, received_after }: Rating): boolean =>
  (marks & (mark.imported | mark.trial | mark.voided)) === 0 && received_after <= newsFor;

/**
 * All that a commit adds, in one statement: ratings, comments, events, roll-ups and the change that announces them. Their
 * numbers go on from the clock, so the statement can be made before the lock is there. It does nothing when the settings
 * are others than it was made with, or when one of its ratings is there already, and then returns no row.
 */
export const keepAll = `WITH base AS (
    SELECT ratings, changes FROM clock WHERE settings = $1
      AND NOT EXISTS (SELECT 1 FROM rating_numbers WHERE id = ANY($2::bytea[]))
  ), made AS (
    SELECT base.ratings + n.number AS seq, n.* FROM base, unnest($3::int[], $2::bytea[], $4::bigint[], $5::int[],
      $6::smallint[], $7::smallint[], $8::int[], $9::int[], $10::int[], $11::bigint[], $12::bigint[], $13::smallint[],
      $14::text[]) AS n(number, id, at, placement, grade, smiley, product, language, form, received_after, given_after,
      marks, answers)
  ), numbers AS (
    INSERT INTO rating_numbers SELECT seq, id, at FROM made
  ), kept AS (
    INSERT INTO ratings (seq, placement, grade, smiley, product, language, form, at, received_after, given_after, marks,
      answers)
    SELECT seq, placement, grade, smiley, product, language, form, at, received_after, given_after, marks, answers FROM made
  ), said AS (
    INSERT INTO comments SELECT base.ratings + n.number, n.at, n.placement, n.text
    FROM base, unnest($15::int[], $16::bigint[], $17::int[], $18::text[]) AS n(number, at, placement, text)
  ), unread AS (
    INSERT INTO unread_comments SELECT base.ratings + n.number FROM base, unnest($15::int[]) AS n(number)
  ), happened AS (
    INSERT INTO rating_events (kind, rating) SELECT n.kind, base.ratings + n.number
    FROM base, unnest($19::text[], $20::int[]) AS n(kind, number) WHERE EXISTS (SELECT 1 FROM webhooks)
  ), counted AS (
    INSERT INTO buckets SELECT n.* FROM base, unnest(${arraysFrom(30)}) AS n ${onBucket}
  ), confirmed AS (
    INSERT INTO norm_counts SELECT n.* FROM base, unnest($21::int[], $22::int[], $23::int[], $24::int[], $25::int[]) AS n
    ${onNorm}
  ), told AS (
    INSERT INTO changes SELECT base.changes + 1, $28 FROM base WHERE $27::int = 1
  ), forgotten AS (
    DELETE FROM changes USING base WHERE $27::int = 1 AND (base.changes + 1) % $29::int = 0
      AND sequence <= base.changes + 1 - ${changesKept}
  )
  UPDATE clock SET ratings = base.ratings + $26::int, changes = base.changes + $27::int FROM base
  RETURNING clock.changes`;
/** Changes that nobody needs any more are taken away once in so many. */
const forgetEvery = 1000;

export interface Kept {
  made: readonly Rating[];
  /** Those that have a comment which they had not. */
  said: readonly Rating[];
  events: readonly { kind: string; rating: Rating }[];
  counted: Counted;
}

/** The values of that statement; `clock` is what the numbers of the ratings go on from. */
export function valuesOf({ made, said, events, counted }: Kept, clock: Clock): unknown[] {
  const numberOf = ({ seq }: Rating) => seq - clock.ratings;
  const [id, ...others] = columnsOf(
    made,
    (row) => row.id,
    numberOf,
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
    (row) => row.answers,
  );
  const moved = counted.buckets.length > 0;
  const values = [
    ...[clock.settings, bytesLiteral(id as string[]), ...others],
    ...columnsOf(
      said,
      numberOf,
      ({ at }) => at,
      ({ placement }) => placement,
      ({ comment }) => comment,
    ),
    ...columnsOf(
      events.filter(({ rating }) => isNews(rating)),
      ({ kind }) => kind,
      ({ rating }) => numberOf(rating),
    ),
    ...normColumns(counted.norms),
    ...[made.length, Number(moved), moved ? counted.deltas : null, forgetEvery],
    ...bucketColumns(counted.buckets),
  ];
  if (values.length !== 29 + bucketWidth) throw new Error('A value of the statement is missing.');
  return values;
}

/** Hexadecimal digits as an array of bytes. */
const bytesLiteral = (digits: readonly string[]): string =>
  `{${digits.map((one) => `"\\\\x${one}"`).join(',')}}`;
