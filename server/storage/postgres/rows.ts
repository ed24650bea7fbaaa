import type { Db } from './db.ts';

/** What somebody gave, and can give anew. */
export interface Post {
  grade: number | null;
  smiley: number | null;
  answers: string | null;
  comment: string | null;
}

/** A rating as a commit works on it. */
export interface Rating extends Post {
  /** 32 hexadecimal digits. */
  id: string;
  seq: number;
  placement: number;
  touchpoint: string;
  product: number;
  language: number;
  form: number | null;
  at: number;
  /** After `at`, in milliseconds. */
  received_after: number;
  /** What was sent, after `at`; null when nothing was. */
  given_after: number | null;
  marks: number;
  /** Its comment was not read for words and themes yet. */
  unread: boolean;
  /** What was posted first, once something was added. */
  first: Post | null;
  /** What stands in the database; null for a new one. */
  was: (Post & { first: boolean }) | null;
}

/** The 16 bytes of a UUID, with or without its hyphens. */
export const bytesOfId = (id: string): Buffer =>
  Buffer.from(id.length === 32 ? id : id.replaceAll('-', ''), 'hex');

/**
 * The rating of each row of `n`, looked up one by one: of a few rows among many ratings that is always the shortest way,
 * and the planner does not know it when it was not told lately how many there are.
 */
export const ratingOf = (n: string): string =>
  `CROSS JOIN LATERAL (SELECT * FROM ratings WHERE seq = ${n}.seq AND at = ${n}.at LIMIT 1) r`;

type Found = Omit<Rating, 'first' | 'was'> & {
  has_first: boolean;
  first_grade: number | null;
  first_smiley: number | null;
  first_answers: string | null;
  first_comment: string | null;
};

/** Those of these ids that are there. */
export async function readRatings(db: Db, ids: readonly string[]): Promise<Map<string, Rating>> {
  const rows = await db.all<Found>(
    `SELECT encode(n.id, 'hex') AS id, n.seq, n.at, r.placement, p.touchpoint, r.product, r.language, r.form,
       r.received_after, r.given_after, r.marks, r.grade, r.smiley, r.answers, c.text AS comment,
       u.seq IS NOT NULL AS unread, f.seq IS NOT NULL AS has_first, f.grade AS first_grade,
       f.smiley AS first_smiley, f.answers AS first_answers, f.comment AS first_comment
     FROM rating_numbers n ${ratingOf('n')} JOIN placements p ON p.id = r.placement
     LEFT JOIN comments c ON c.seq = n.seq LEFT JOIN unread_comments u ON u.seq = n.seq
     LEFT JOIN first_posts f ON f.seq = n.seq
     WHERE n.id = ANY($1::bytea[])`,
    [ids.map((id) => Buffer.from(id, 'hex'))],
  );
  return new Map(
    rows.map(({ has_first, first_grade, first_smiley, first_answers, first_comment, ...row }) => {
      const first: Post | null = has_first
        ? { grade: first_grade, smiley: first_smiley, answers: first_answers, comment: first_comment }
        : null;
      const { grade, smiley, answers, comment } = row;
      return [row.id, { ...row, first, was: { grade, smiley, answers, comment, first: has_first } }];
    }),
  );
}
