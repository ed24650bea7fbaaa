import { followUpStatuses } from '#shared/contract/comments.ts';
import { startOfDay } from '#shared/core/calendar.ts';
import type { ImprovementRecord, InboxQuery, InboxReader, InboxRecord } from '../port/inbox.ts';
import { mark } from '../port.ts';
import type { Db } from './db.ts';
import { queryOf } from './words.ts';

interface Row {
  seq: number;
  at: number;
  received_after: number;
  placement: number;
  product: number;
  language: number;
  grade: number | null;
  smiley: number | null;
  marks: number;
  text: string;
  themes: string;
  version: number | null;
  status: number;
  owner: string | null;
  note: string | null;
  done: string | null;
  forwarded_at: number | null;
  changed_at: number | null;
  changed_by: string | null;
}

const keysIn = (themes: string): string[] => themes.split(' ').filter(Boolean);

const recordOf = (row: Row): InboxRecord => ({
  seq: row.seq,
  at: row.at,
  receivedAt: row.at + row.received_after,
  placement: row.placement,
  product: row.product,
  language: row.language,
  grade: row.grade,
  smiley: row.smiley,
  marks: row.marks,
  text: row.text,
  themes: keysIn(row.themes),
  followUp: {
    version: row.version ?? 0,
    status: followUpStatuses[row.status]!,
    owner: row.owner,
    note: row.note,
    done: row.done,
    forwardedAt: row.forwarded_at,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  },
});

/** Comments with these numbers, newest first. */
export async function readRecords(db: Db, seqs: readonly number[]): Promise<InboxRecord[]> {
  const rows = await db.all<Row>(
    `SELECT r.seq, r.at, r.received_after, r.placement, r.product, r.language, r.grade, r.smiley, r.marks, c.text,
       i.themes, i.status, f.version, f.owner, f.note, f.done, f.forwarded_at, f.changed_at, f.changed_by
     FROM comments c JOIN ratings r ON r.seq = c.seq AND r.at = c.at JOIN inbox i ON i.at = c.at AND i.seq = c.seq
     LEFT JOIN follow_ups f ON f.seq = c.seq
     WHERE c.seq = ANY($1::bigint[]) ORDER BY c.at DESC, c.seq DESC`,
    [seqs],
  );
  return rows.map(recordOf);
}

/** Comments as they are read and found. A page is a walk over one table from the newest on until it is full. */
export class InboxRows implements InboxReader {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async find(query: InboxQuery, most: number): Promise<InboxRecord[]> {
    const { where, values } = conditionsOf(query);
    const seqs = await this.#db.column<number>(
      `SELECT seq FROM inbox ${where} ORDER BY at DESC, seq DESC LIMIT $${values.length + 1}`,
      [...values, most],
    );
    return readRecords(this.#db, seqs);
  }

  async count(query: InboxQuery, most: number): Promise<number> {
    const { where, values } = conditionsOf({ ...query, after: null });
    const count = await this.#db.value<number>(
      `SELECT count(*) FROM (SELECT 1 FROM inbox ${where} LIMIT $${values.length + 1}) found`,
      [...values, most],
    );
    return count!;
  }

  async get(seq: number): Promise<InboxRecord | null> {
    return (await readRecords(this.#db, [seq]))[0] ?? null;
  }

  async improvements({ from, to, placements }: Parameters<InboxReader['improvements']>[0]) {
    const rows = await this.#db.all<Omit<ImprovementRecord, 'themes'> & { themes: string[] }>(
      `SELECT done, max(done_at) AS "lastDone", count(*) AS comments, array_agg(DISTINCT placement) AS placements,
         array_agg(DISTINCT themes) AS themes
       FROM follow_ups WHERE done_at >= $1 AND done_at < $2 AND placement = ANY($3::int[])
       GROUP BY done ORDER BY "lastDone" DESC`,
      [...instantsOf(from, to), placements],
    );
    return rows.map((row) => ({ ...row, themes: [...new Set(row.themes.flatMap(keysIn))] }));
  }
}

const instantsOf = (from: number | null, to: number | null): [number, number] => [
  from === null ? 0 : startOfDay(from),
  to === null ? Number.MAX_SAFE_INTEGER : startOfDay(to + 1),
];

/** Grades up to this are taken for something that can be better. */
const improvable = 6;
const kinds = {
  aggression: "position(' agressie ' IN themes) > 0",
  compliment: "position(' compliment ' IN themes) > 0",
  improvement: `grade <= ${improvable} AND trim(replace(replace(themes, ' agressie ', ' '), ' compliment ', ' ')) <> ''`,
};

function conditionsOf(query: InboxQuery): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts: string[] = [];
  /** `?` stands for the next value. */
  const add = (sql: string, ...more: unknown[]) => {
    parts.push(sql.replaceAll('?', () => `$${values.push(more.shift())}`));
  };
  const [from, to] = instantsOf(query.from, query.to);
  add('at >= ? AND at < ?', from, to);
  if (query.after) add('(at, seq) < (?, ?)', query.after.at, query.after.seq);
  if (query.placements) add('placement = ANY(?::int[])', query.placements);
  if (query.products) add('product = ANY(?::int[])', query.products);
  if (query.languages) add('language = ANY(?::int[])', query.languages);
  if (query.statuses)
    add(
      'status = ANY(?::int[])',
      query.statuses.map((status) => followUpStatuses.indexOf(status)),
    );
  if (query.themes)
    add(
      'EXISTS (SELECT 1 FROM unnest(?::text[]) AS one WHERE position(one IN themes) > 0)',
      query.themes.map((theme) => ` ${theme} `),
    );
  if (query.kind) add(kinds[query.kind]);
  if (query.sought) {
    if (query.sought.length === 0) add('false');
    else add('seq IN (SELECT seq FROM comment_words WHERE words @@ ?::tsquery)', queryOf(query.sought));
  }
  if (!query.marked)
    add(
      `EXISTS (SELECT 1 FROM ratings r WHERE r.seq = inbox.seq AND r.at = inbox.at
         AND r.marks & ${mark.burst | mark.clock} = 0)`,
    );
  return { where: `WHERE ${parts.join(' AND ')}`, values };
}
