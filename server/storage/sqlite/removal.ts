import { setTimeout as pause } from 'node:timers/promises';
import { type RetentionKind, retentionKinds } from '#shared/contract/privacy.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { withoutWords } from '#shared/core/retention.ts';
import { textOfAnswers } from '../answers.ts';
import type { Cuts, RemovalResult } from '../port/privacy.ts';
import type { Db } from './open.ts';
import { bumpSettings } from './version.ts';
import type { Work } from './work.ts';

/** A transaction is aimed at this long, so that even a slow disk stays below 50 ms. */
const aim = 12;
/** So many ratings are looked through at once for old ones: they have no index by age, which every rating would pay. */
const lookThrough = 4000;

/** Up to when each kind was removed before; kept among the settings, since what comes in later is held to it. */
export interface Kept {
  comments: number;
  ratings: number;
}
export function readKept(db: Db): Kept {
  const text = db.prepare("SELECT value FROM settings WHERE name = 'kept'").pluck().get() as
    | string
    | undefined;
  return text === undefined ? { comments: 0, ratings: 0 } : JSON.parse(text);
}

/** Removes what is older than the cuts, a little at a time. */
export class Removal {
  readonly #work: Work;
  readonly #cuts: Cuts;
  #atOnce = 50;
  #longest = 0;

  constructor(work: Work, cuts: Cuts) {
    this.#work = work;
    this.#cuts = cuts;
  }

  async run(forgetAudit: (before: number) => Promise<number>): Promise<RemovalResult> {
    const { db } = this.#work;
    const cuts = this.#cuts;
    const kept = readKept(db);
    // What is told to be gone is not compared with: first the line, then the rows before it.
    const next = {
      comments: Math.max(kept.comments, cuts.comments),
      ratings: Math.max(kept.ratings, cuts.ratings),
    };
    if (next.comments > kept.comments || next.ratings > kept.ratings)
      await this.#work.changingSettings(() => {
        db.prepare("INSERT OR REPLACE INTO settings VALUES ('kept', ?)").run(JSON.stringify(next));
        bumpSettings(db);
      });
    const removed = Object.fromEntries(retentionKinds.map((kind) => [kind, 0])) as Record<
      RetentionKind,
      number
    >;
    removed.comments = await this.#comments();
    removed.answers = await this.#answers();
    removed.firstPosts = await this.#firstPosts();
    removed.ratings = await this.#ratings();
    removed.auditEvents = await forgetAudit(cuts.auditEvents);
    return { removed, longestTransaction: this.#longest, emptied: await emptyLog(db) };
  }

  /** One transaction over as many as fit in its time; others write between two of them. */
  async #together(rows: number[], work: (row: number) => void): Promise<void> {
    for (let from = 0; from < rows.length; ) {
      const part = rows.slice(from, from + this.#atOnce);
      let took = 0;
      await this.#work.transaction(() => {
        const start = performance.now();
        for (const row of part) work(row);
        took = performance.now() - start;
      });
      from += part.length;
      this.#longest = Math.max(this.#longest, took);
      if (took > aim) this.#atOnce = Math.max(1, Math.floor(this.#atOnce / 2));
      else if (took < aim / 3) this.#atOnce = Math.min(1000, this.#atOnce * 2);
      await pause(1);
    }
  }

  async #inTurns(find: string, values: unknown[], work: (row: number) => void): Promise<number> {
    const search = this.#work.db.prepare(`${find} LIMIT 2000`).pluck();
    for (let removed = 0; ; ) {
      const rows = search.all(...values) as number[];
      await this.#together(rows, work);
      removed += rows.length;
      if (rows.length < 2000) return removed;
    }
  }

  #comments(): Promise<number> {
    const { db } = this.#work;
    const comment = db.prepare('DELETE FROM comments WHERE seq = ?');
    const first = db.prepare('DELETE FROM first_posts WHERE seq = ?');
    return this.#inTurns(
      'SELECT seq FROM comments WHERE at < ? ORDER BY at',
      [this.#cuts.comments],
      (seq) => {
        comment.run(seq);
        first.run(seq);
      },
    );
  }

  async #answers(): Promise<number> {
    const { db } = this.#work;
    const page = db.prepare(
      'SELECT seq, at, answers FROM ratings WHERE answers IS NOT NULL AND at >= ? AND at < ? AND (at, seq) > (?, ?) ORDER BY at, seq LIMIT 2000',
    );
    const keep = db.prepare('UPDATE ratings SET answers = ? WHERE seq = ?');
    let removed = 0;
    let last = { at: -1e15, seq: 0 };
    for (;;) {
      const rows = page.all(-1e15, this.#cuts.answers, last.at, last.seq) as {
        seq: number;
        at: number;
        answers: string;
      }[];
      const worded = new Map<number, string | null>();
      for (const { seq, answers } of rows) {
        const left = textOfAnswers(withoutWords(JSON.parse(answers) as Answers));
        if (left !== answers) worded.set(seq, left);
      }
      await this.#together([...worded.keys()], (seq) => keep.run(worded.get(seq), seq));
      removed += worded.size;
      if (rows.length < 2000) return removed;
      last = rows.at(-1)!;
    }
  }

  #firstPosts(): Promise<number> {
    const drop = this.#work.db.prepare('DELETE FROM first_posts WHERE seq = ?');
    return this.#inTurns(
      'SELECT seq FROM first_posts JOIN ratings USING (seq) WHERE at + received_after < ?',
      [this.#cuts.firstPosts],
      (seq) => drop.run(seq),
    );
  }

  async #ratings(): Promise<number> {
    const { db } = this.#work;
    const old = db.prepare('SELECT seq FROM ratings WHERE seq > ? AND seq <= ? AND at < ?').pluck();
    const drops = ['comments', 'first_posts', 'ratings'].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE seq = ?`),
    );
    const last = (db.prepare('SELECT max(seq) FROM ratings').pluck().get() as number | null) ?? 0;
    let removed = 0;
    for (let from = 0; from < last; from += lookThrough) {
      const rows = old.all(from, from + lookThrough, this.#cuts.ratings) as number[];
      await this.#together(rows, (seq) => {
        for (const drop of drops) drop.run(seq);
      });
      removed += rows.length;
      await new Promise(setImmediate);
    }
    return removed;
  }
}

/** Moves the write-ahead log into the database and empties it, so that nothing that was removed stands in it. */
async function emptyLog(db: Db): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    const [{ busy }] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    if (busy === 0) return true;
    await pause(20);
  }
  return false;
}
