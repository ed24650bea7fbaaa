import { startOfDay } from '#shared/core/calendar.ts';
import { type Arrival, type CommentQuery, type CommentRow, mark } from '../port.ts';
import type { Db } from './db.ts';
import { ratingOf } from './rows.ts';

/** The comments of counted ratings in a period. Where there are more than asked for, every k-th of those chosen. */
export async function readComments(db: Db, query: CommentQuery): Promise<CommentRow[]> {
  const from = query.from === null ? 0 : startOfDay(query.from);
  const to = query.to === null ? Number.MAX_SAFE_INTEGER : startOfDay(query.to + 1);
  const left = mark.trial | mark.voided | (query.marked ? 0 : mark.burst | mark.clock);
  return db.all<CommentRow>(
    `WITH chosen AS (
       SELECT c.seq, c.at, c.text, row_number() OVER (ORDER BY c.at, c.seq) - 1 AS place, count(*) OVER () AS many
       FROM comments c
       WHERE c.at >= $1 AND c.at < $2 AND ($3::int[] IS NULL OR c.placement = ANY($3))
         AND (($4::int[] IS NULL AND $5::int[] IS NULL) OR EXISTS (
           SELECT 1 FROM ratings r WHERE r.seq = c.seq AND r.at = c.at
             AND ($4::int[] IS NULL OR r.product = ANY($4)) AND ($5::int[] IS NULL OR r.language = ANY($5)))))
     SELECT chosen.text, r.grade FROM chosen JOIN ratings r ON r.seq = chosen.seq AND r.at = chosen.at
     WHERE place % greatest(1, ceil(many::float8 / $6))::bigint = 0 AND r.marks & $7 = 0 ORDER BY place`,
    [from, to, query.placements, query.products, query.languages, query.most, left],
  );
}

/** What came in after a number, in the order of the commits. */
export const readArrivals = (db: Db, after: number, most: number): Promise<Arrival[]> =>
  db.all(
    `SELECT n.seq AS number, r.placement, r.grade, n.at, n.at + r.received_after AS "receivedAt", r.marks
     FROM (SELECT seq, at FROM rating_numbers WHERE seq > $1 ORDER BY seq LIMIT $2) n
     ${ratingOf('n')} ORDER BY n.seq`,
    [after, most],
  );
