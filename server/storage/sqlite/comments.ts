import { startOfDay } from '#shared/core/calendar.ts';
import { type CommentQuery, type CommentRow, mark } from '../port.ts';
import type { Db } from './open.ts';

/** The comments of counted ratings in a period. Where there are more than asked for, every k-th of those chosen. */
export function readComments(db: Db, query: CommentQuery): CommentRow[] {
  const from = query.from === null ? 0 : startOfDay(query.from);
  const to = query.to === null ? Number.MAX_SAFE_INTEGER : startOfDay(query.to + 1);
  const among = (column: string, ids: number[] | null) =>
    ids ? `AND ${column} IN (SELECT value FROM json_each(?))` : '';
  const left = mark.trial | mark.voided | (query.marked ? 0 : mark.burst | mark.clock);
  const lists = [query.placements, query.products, query.languages].filter((list) => list !== null);
  // Without a product or language the index alone tells which there are, however many that is.
  const join = query.products || query.languages ? 'JOIN ratings USING (seq)' : '';
  const chosen = db
    .prepare(
      `SELECT seq FROM comments ${join} WHERE comments.at >= ? AND comments.at < ?
       ${among('comments.placement', query.placements)} ${among('product', query.products)}
       ${among('language', query.languages)} ORDER BY comments.at`,
    )
    .pluck()
    .all(from, to, ...lists.map((list) => JSON.stringify(list))) as number[];
  const step = Math.max(1, Math.ceil(chosen.length / query.most));
  const read = db.prepare(
    'SELECT text, grade FROM comments JOIN ratings USING (seq) WHERE seq = ? AND marks & ? = 0',
  );
  return chosen.flatMap((seq, place) => {
    const row = place % step === 0 ? read.get(seq, left) : undefined;
    return row === undefined ? [] : [row as CommentRow];
  });
}
