import { followUpStatuses } from '#shared/contract/comments.ts';
import type { CommentNews, InboxRecord, InboxStore } from '../port/inbox.ts';
import { mark } from '../port.ts';
import { madeWith, themesIn } from '../words.ts';
import { columnsOf, type Db } from './db.ts';
import { InboxRows, readRecords } from './inbox.ts';
import { newsFor } from './keeping.ts';
import { ratingOf } from './rows.ts';
import { vectorOf } from './words.ts';
import type { Work } from './work.ts';

/** So much news stays known to somebody who missed some. */
const newsKept = 5000;

type Progress = { madeWith: string; next: number | null };
type Said = { seq: number; text: string };

/** What staff write about comments, and what of it others hear. */
export class Inbox extends InboxRows implements InboxStore {
  readonly #work: Work;
  readonly #themes: () => unknown;

  constructor(work: Work, themes: () => unknown) {
    super(work.db);
    this.#work = work;
    this.#themes = themes;
  }

  followUp(...[items, change, by]: Parameters<InboxStore['followUp']>) {
    return this.#work.transaction(async (db) => {
      const changed: InboxRecord[] = [];
      const conflicts: InboxRecord[] = [];
      for (const { seq, version } of items) {
        const [found] = await readRecords(db, [seq]);
        if (!found) continue;
        if (found.followUp.version !== version) conflicts.push(found);
        else {
          await this.#keep(db, found, change, by);
          changed.push((await readRecords(db, [seq]))[0]!);
        }
      }
      return { changed, conflicts };
    });
  }

  async #keep(
    db: Db,
    { seq, at, placement, themes, followUp }: InboxRecord,
    { forwarded, ...fields }: Parameters<InboxStore['followUp']>[1],
    by: { name: string; at: number },
  ): Promise<void> {
    const { status, owner, note, done } = { ...followUp, ...fields };
    const place = followUpStatuses.indexOf(status);
    const doneAt = status === 'done' && done !== null ? by.at : null;
    await db.run(
      `INSERT INTO follow_ups AS f VALUES ($1, $2, $3, $4, $5, $6, $7::bigint, $8, $9, $10, $11, $12)
       ON CONFLICT (seq) DO UPDATE SET version = excluded.version, status = excluded.status, owner = excluded.owner,
         note = excluded.note, done = excluded.done,
         done_at = CASE WHEN excluded.done_at IS NULL THEN NULL ELSE coalesce(f.done_at, excluded.done_at) END,
         forwarded_at = excluded.forwarded_at, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
         themes = excluded.themes`,
      [
        ...[seq, followUp.version + 1, place, owner, note, done, doneAt],
        ...[forwarded ? by.at : followUp.forwardedAt, by.at, by.name, placement, themes.join(' ')],
      ],
    );
    await db.run('UPDATE inbox SET status = $1 WHERE at = $2 AND seq = $3', [place, at, seq]);
    const number = (await db.value<number>(
      "INSERT INTO comment_news (seq, what) VALUES ($1, 'changed') RETURNING number",
      [seq],
    ))!;
    if (number % 1000 === 0) await db.run('DELETE FROM comment_news WHERE number <= $1', [number - newsKept]);
  }

  news(after: number, most: number): Promise<CommentNews[]> {
    return this.#work.db.all(
      'SELECT number, seq, what FROM comment_news WHERE number > $1 ORDER BY number LIMIT $2',
      [after, most],
    );
  }

  async lastNews(): Promise<number> {
    return (await this.#work.db.value<number>('SELECT coalesce(max(number), 0) FROM comment_news'))!;
  }

  async index(most: number): Promise<boolean> {
    return (await this.#readNew(most)) || (await this.#readAgain(most));
  }

  async #readNew(most: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    if ((await db.get('SELECT 1 FROM unread_comments LIMIT 1')) === undefined) return false;
    return transaction(async (db) => {
      const said = await db.all<Said>(
        `SELECT seq, text FROM comments WHERE seq = ANY(ARRAY(SELECT seq FROM unread_comments ORDER BY seq LIMIT $1)) ORDER BY seq`,
        [most],
      );
      await this.#read(db, said);
      const seqs = said.map(({ seq }) => seq);
      // An imported comment is no news, nor is one that comes long after it was given.
      await db.run(
        `INSERT INTO comment_news (seq, what) SELECT n.seq, 'new' FROM rating_numbers n
         ${ratingOf('n')}
         WHERE n.seq = ANY($1::bigint[]) AND r.marks & ${mark.imported} = 0 AND r.received_after <= ${newsFor}
         ORDER BY n.seq`,
        [seqs],
      );
      await db.run('DELETE FROM unread_comments WHERE seq = ANY($1::bigint[])', [seqs]);
      return said.length === most;
    });
  }

  async #readAgain(most: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    const wanted = madeWith(this.#themes());
    const progress = (db: Db) => db.get<Progress>('SELECT made_with AS "madeWith", next FROM inbox_progress');
    const before = (await progress(db))!;
    if (before.madeWith === wanted.all && before.next === null) return false;
    return transaction(async (db) => {
      const found = (await progress(db))!;
      const goesOn = found.madeWith === wanted.all;
      if (!goesOn && found.madeWith !== '' && !found.madeWith.startsWith(`${wanted.words},`))
        await db.script('DELETE FROM comment_words; DELETE FROM inbox');
      const said = await db.all<Said & { unread: boolean }>(
        `SELECT c.seq, c.text, u.seq IS NOT NULL AS unread FROM comments c LEFT JOIN unread_comments u ON u.seq = c.seq
         WHERE c.seq > $1 ORDER BY c.seq LIMIT $2`,
        [goesOn ? (found.next ?? 0) : 0, most],
      );
      await this.#read(
        db,
        said.filter(({ unread }) => !unread),
      );
      const last = said.at(-1)?.seq ?? null;
      await db.run('UPDATE inbox_progress SET made_with = $1, next = $2', [wanted.all, last]);
      return last !== null;
    });
  }

  /** Comments by their words and themes. */
  async #read(db: Db, said: readonly Said[]): Promise<void> {
    if (said.length === 0) return;
    const themes = this.#themes();
    await db.run(
      `WITH n AS (SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) AS n(seq, themes, words)), words AS (
         INSERT INTO comment_words SELECT seq, words::tsvector FROM n
         ON CONFLICT (seq) DO UPDATE SET words = excluded.words
       )
       INSERT INTO inbox SELECT c.at, c.seq, c.placement, r.product, r.language,
         coalesce(r.grade, 1 + (r.smiley - 1) * 2.25), n.themes, coalesce(f.status, 0)
       FROM n JOIN comments c ON c.seq = n.seq ${ratingOf('c')}
       LEFT JOIN follow_ups f ON f.seq = c.seq
       ON CONFLICT (at, seq) DO UPDATE SET themes = excluded.themes`,
      columnsOf(
        said,
        ({ seq }) => seq,
        ({ text }) => themesIn(text, themes),
        ({ text }) => vectorOf(text),
      ),
    );
  }
}
