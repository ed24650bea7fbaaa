import { followUpStatuses } from '#shared/contract/comments.ts';
import type { CommentNews, InboxRecord, InboxStore } from '../port/inbox.ts';
import { mark } from '../port.ts';
import { madeWith } from '../words.ts';
import { InboxRows } from './inbox.ts';
import type { Work } from './work.ts';

/** So much news stays known to somebody who missed some. */
const newsKept = 5000;

type Progress = { madeWith: string; next: number | null };

const inboxRow = `SELECT comments.at, comments.seq, comments.placement, product, language,
    coalesce(grade, 1 + (smiley - 1) * 2.25), themes_of(text), coalesce(follow_ups.status, 0)
  FROM comments JOIN ratings USING (seq) LEFT JOIN follow_ups USING (seq)`;

/** What staff write about comments, and what of it others hear. */
export class Inbox extends InboxRows implements InboxStore {
  readonly #work: Work;
  readonly #themes: () => unknown;
  readonly #news;
  readonly #unread;
  readonly #progress;

  constructor(work: Work, themes: () => unknown) {
    super(work.db);
    this.#work = work;
    this.#themes = themes;
    const { db } = work;
    this.#news = db.prepare(
      'SELECT number, seq, what FROM comment_news WHERE number > ? ORDER BY number LIMIT ?',
    );
    this.#unread = db.prepare('SELECT 1 FROM unread_comments LIMIT 1');
    this.#progress = db.prepare('SELECT made_with AS madeWith, next FROM inbox_progress');
  }

  followUp(...[items, change, by]: Parameters<InboxStore['followUp']>) {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const keep = db.prepare(
        `INSERT INTO follow_ups VALUES (@seq, @version, @status, @owner, @note, @done, @doneAt, @forwardedAt, @at, @name,
           @placement, @themes)
         ON CONFLICT DO UPDATE SET version = @version, status = @status, owner = @owner, note = @note, done = @done,
           done_at = @doneAt, forwarded_at = @forwardedAt, changed_at = @at, changed_by = @name, themes = @themes`,
      );
      const doneAt = db.prepare('SELECT done_at FROM follow_ups WHERE seq = ?').pluck();
      const setStatus = db.prepare('UPDATE inbox SET status = ? WHERE at = ? AND seq = ?');
      const tell = db.prepare("INSERT INTO comment_news (seq, what) VALUES (?, 'changed')");
      const forget = db.prepare('DELETE FROM comment_news WHERE number <= ?');
      const changed: InboxRecord[] = [];
      const conflicts: InboxRecord[] = [];
      for (const { seq, version } of items) {
        const found = this.read(seq);
        if (!found) continue;
        const { followUp } = found;
        if (followUp.version !== version) {
          conflicts.push(found);
          continue;
        }
        const { forwarded, ...fields } = change;
        const { status, owner, note, done } = { ...followUp, ...fields };
        const isDone = status === 'done' && done !== null;
        keep.run({
          ...{ seq, owner, note, done, at: by.at, name: by.name, placement: found.placement },
          version: version + 1,
          status: followUpStatuses.indexOf(status),
          doneAt: isDone ? (doneAt.get(seq) ?? by.at) : null,
          forwardedAt: forwarded ? by.at : followUp.forwardedAt,
          themes: found.themes.join(' '),
        });
        setStatus.run(followUpStatuses.indexOf(status), found.at, seq);
        const number = Number(tell.run(seq).lastInsertRowid);
        if (number % 1000 === 0) forget.run(number - newsKept);
        changed.push(this.read(seq)!);
      }
      return { changed, conflicts };
    });
  }

  async news(after: number, most: number): Promise<CommentNews[]> {
    return this.#news.all(after, most) as CommentNews[];
  }

  async lastNews(): Promise<number> {
    return this.#work.db.prepare('SELECT coalesce(max(number), 0) FROM comment_news').pluck().get() as number;
  }

  async index(most: number): Promise<boolean> {
    return (await this.#readNew(most)) || (await this.#readAgain(most));
  }

  async #readNew(most: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    if (this.#unread.get() === undefined) return false;
    return transaction(() => {
      const seqs = db.prepare('SELECT seq FROM unread_comments ORDER BY seq LIMIT ?').pluck().all(most);
      const these = JSON.stringify(seqs);
      db.prepare(
        `INSERT INTO comment_words (rowid, words) SELECT seq, words_of(text) FROM comments
         WHERE seq IN (SELECT value FROM json_each(?))`,
      ).run(these);
      db.prepare(`INSERT INTO inbox ${inboxRow} WHERE comments.seq IN (SELECT value FROM json_each(?))`).run(
        these,
      );
      // An imported comment is no news, nor is one that comes later than three hours after it was given.
      db.prepare(
        `INSERT INTO comment_news (seq, what) SELECT seq, 'new' FROM ratings
         WHERE seq IN (SELECT value FROM json_each(?)) AND marks & ${mark.imported} = 0 AND received_after <= 10800000`,
      ).run(these);
      db.prepare('DELETE FROM unread_comments WHERE seq IN (SELECT value FROM json_each(?))').run(these);
      return seqs.length === most;
    });
  }

  async #readAgain(most: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    const wanted = madeWith(this.#themes());
    const before = this.#progress.get() as Progress;
    if (before.madeWith === wanted.all && before.next === null) return false;
    return transaction(() => {
      const found = this.#progress.get() as Progress;
      const goesOn = found.madeWith === wanted.all;
      if (!goesOn && found.madeWith !== '' && !found.madeWith.startsWith(`${wanted.words},`))
        db.exec("INSERT INTO comment_words (comment_words) VALUES ('delete-all'); DELETE FROM inbox;");
      const next = goesOn ? (found.next ?? 0) : 0;
      const last = db
        .prepare('SELECT max(seq) FROM (SELECT seq FROM comments WHERE seq > ? ORDER BY seq LIMIT ?)')
        .pluck()
        .get(next, most) as number | null;
      if (last !== null) {
        const these = `comments.seq > ? AND comments.seq <= ? AND comments.seq NOT IN (SELECT seq FROM unread_comments)`;
        db.prepare(
          `INSERT INTO comment_words (rowid, words) SELECT seq, words_of(text) FROM comments
           WHERE ${these} AND NOT EXISTS
             (SELECT 1 FROM inbox WHERE inbox.at = comments.at AND inbox.seq = comments.seq)`,
        ).run(next, last);
        db.prepare(
          `INSERT INTO inbox ${inboxRow} WHERE ${these} ON CONFLICT DO UPDATE SET themes = excluded.themes`,
        ).run(next, last);
      }
      db.prepare('UPDATE inbox_progress SET made_with = ?, next = ?').run(wanted.all, last);
      return last !== null;
    });
  }
}
