import { followUpStatuses } from '#shared/contract/comments.ts';
import { startOfDay } from '#shared/core/calendar.ts';
import type { ImprovementRecord, InboxQuery, InboxReader, InboxRecord } from '../port/inbox.ts';
import { mark } from '../port.ts';
import type { Db } from './open.ts';

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

/** Comments as they are read and found. A page is a walk over one table from the newest on until it is full. */
export class InboxRows implements InboxReader {
  readonly #db: Db;
  readonly #one;

  constructor(db: Db) {
    this.#db = db;
    this.#one = db.prepare(
      `SELECT ratings.seq, ratings.at, received_after, ratings.placement, ratings.product, ratings.language,
           ratings.grade, smiley, marks, text, inbox.themes, inbox.status, version, owner, note, done, forwarded_at,
           changed_at, changed_by
         FROM comments JOIN ratings USING (seq) JOIN inbox ON inbox.at = comments.at AND inbox.seq = comments.seq
         LEFT JOIN follow_ups ON follow_ups.seq = comments.seq WHERE comments.seq = ?`,
    );
  }

  async find(query: InboxQuery, most: number): Promise<InboxRecord[]> {
    const { where, values } = conditionsOf(query);
    const places = this.#db
      .prepare(`SELECT seq FROM inbox ${where} ORDER BY at DESC, seq DESC LIMIT ?`)
      .pluck()
      .all(...values, most) as number[];
    return places.flatMap((seq) => this.read(seq) ?? []);
  }

  async count(query: InboxQuery, most: number): Promise<number> {
    const { where, values } = conditionsOf({ ...query, after: null });
    return this.#db
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM inbox ${where} LIMIT ?)`)
      .pluck()
      .get(...values, most) as number;
  }

  async get(seq: number): Promise<InboxRecord | null> {
    return this.read(seq);
  }

  read(seq: number): InboxRecord | null {
    const row = this.#one.get(seq) as Row | undefined;
    return row ? recordOf(row) : null;
  }

  async improvements({ from, to, placements }: Parameters<InboxReader['improvements']>[0]) {
    const rows = this.#db
      .prepare(
        `SELECT done, max(done_at) AS lastDone, count(*) AS comments, group_concat(DISTINCT placement) AS placements,
           group_concat(DISTINCT themes) AS themes
         FROM follow_ups WHERE done_at >= ? AND done_at < ? AND placement IN (SELECT value FROM json_each(?))
         GROUP BY done ORDER BY lastDone DESC`,
      )
      .all(...instantsOf(from, to), JSON.stringify(placements)) as {
      done: string;
      lastDone: number;
      comments: number;
      placements: string;
      themes: string;
    }[];
    return rows.map(
      (row): ImprovementRecord => ({
        ...row,
        placements: row.placements.split(',').map(Number),
        themes: [...new Set(row.themes.split(/[ ,]/).filter(Boolean))],
      }),
    );
  }
}

const instantsOf = (from: number | null, to: number | null): [number, number] => [
  from === null ? 0 : startOfDay(from),
  to === null ? Number.MAX_SAFE_INTEGER : startOfDay(to + 1),
];

/** Grades up to this are taken for something that can be better. */
const improvable = 6;
const kinds = {
  aggression: "instr(themes, ' agressie ')",
  compliment: "instr(themes, ' compliment ')",
  improvement: `grade <= ${improvable} AND replace(replace(themes, ' agressie ', ' '), ' compliment ', ' ') > ' '`,
};

function conditionsOf(query: InboxQuery): { where: string; values: unknown[] } {
  const [from, to] = instantsOf(query.from, query.to);
  const parts = ['at >= ? AND at < ?'];
  const values: unknown[] = [from, to];
  const add = (sql: string, ...more: unknown[]) => {
    parts.push(sql);
    values.push(...more);
  };
  if (query.after) add('(at, seq) < (?, ?)', query.after.at, query.after.seq);
  for (const [column, ids] of [
    ['placement', query.placements],
    ['product', query.products],
    ['language', query.languages],
  ] as const)
    if (ids) add(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(ids));
  if (query.statuses)
    add(`status IN (${query.statuses.map((status) => followUpStatuses.indexOf(status)).join(', ')})`);
  if (query.themes)
    add(
      `(${query.themes.map(() => 'instr(themes, ?)').join(' OR ')})`,
      ...query.themes.map((theme) => ` ${theme} `),
    );
  if (query.kind) add(kinds[query.kind]);
  if (query.sought) {
    if (query.sought.length === 0) add('0');
    else
      add(
        'seq IN (SELECT rowid FROM comment_words WHERE comment_words MATCH ?)',
        query.sought.map(matchOf).join(' AND '),
      );
  }
  if (!query.marked)
    add(`(SELECT marks FROM ratings WHERE ratings.seq = inbox.seq) & ${mark.burst | mark.clock} = 0`);
  return { where: `WHERE ${parts.join(' AND ')}`, values };
}

/** Roots are letters and digits only, so nothing in them means anything to the index. */
const matchOf = ({ roots, start }: { roots: string[]; start: string | null }): string =>
  start === null ? `"${roots.join(' ')}"` : `("${roots.join(' ')}" OR "${start}" *)`;
