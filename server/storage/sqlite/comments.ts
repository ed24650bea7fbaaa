import { startOfDay } from '#shared/core/calendar.ts';
import { type CommentQuery, type CommentRow, mark } from '../port.ts';
import type { Db } from './open.ts';

/** The comments of counted ratings in a period. Where there are more than asked for, every k-th of them. */
export function readComments(db: Db, query: CommentQuery): CommentRow[] {
  const from = query.from === null ? 0 : startOfDay(query.from);
  const to = query.to === null ? Number.MAX_SAFE_INTEGER : startOfDay(query.to + 1);
  const count = db
    .prepare('SELECT count(*) FROM comments WHERE at >= ? AND at < ?')
    .pluck()
    .get(from, to) as number;
  const step = Math.max(1, Math.ceil(count / query.most));
  const among = (column: string, ids: number[] | null) =>
    ids ? `AND ${column} IN (SELECT value FROM json_each(?))` : '';
  const left = mark.trial | mark.voided | (query.marked ? 0 : mark.burst | mark.clock);
  const lists = [query.placements, query.products, query.languages].filter((list) => list !== null);
  return db
    .prepare(
      `SELECT text, grade FROM comments JOIN ratings USING (seq)
       WHERE comments.at >= ? AND comments.at < ? AND seq % ? = 0 AND marks & ? = 0
       ${among('comments.placement', query.placements)} ${among('product', query.products)}
       ${among('language', query.languages)} ORDER BY comments.at`,
    )
    .all(from, to, step, left, ...lists.map((list) => JSON.stringify(list))) as CommentRow[];
}
