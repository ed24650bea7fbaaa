import { type RetentionKind, retentionKinds } from '#shared/contract/privacy.ts';
import type { Answers } from '#shared/contract/rating.ts';
import { withoutWords } from '#shared/core/retention.ts';
import { textOfAnswers } from '../answers.ts';
import type { Cuts, RemovalResult } from '../port/privacy.ts';
import { columnsOf, type Db } from './db.ts';
import { dropMonth, monthsIn, startOfMonth } from './partitions.ts';
import { bumpSettings, keepValue, keptValue } from './settings.ts';
import type { Work } from './work.ts';

/** A transaction is aimed at this long, in milliseconds: nobody else writes meanwhile. */
const aim = 25;
const atMost = 2000;

/** Up to when each kind was removed before; kept among the settings, since what comes in later is held to it. */
interface Kept {
  comments: number;
  ratings: number;
}
export const readKept = async (db: Db): Promise<Kept> =>
  (await keptValue<Kept>(db, 'kept')) ?? { comments: 0, ratings: 0 };

/** Removes what is older than the cuts: whole months of ratings as a table each, the rest a little at a time. */
export class Removal {
  readonly #work: Work;
  readonly #cuts: Cuts;
  #atOnce = 100;
  #longest = 0;

  constructor(work: Work, cuts: Cuts) {
    this.#work = work;
    this.#cuts = cuts;
  }

  async run(forgetAudit: (before: number) => Promise<number>): Promise<RemovalResult> {
    const cuts = this.#cuts;
    const kept = await readKept(this.#work.db);
    // What is told to be gone is not compared with: first the line, then the rows before it.
    const next = {
      comments: Math.max(kept.comments, cuts.comments),
      ratings: Math.max(kept.ratings, cuts.ratings),
    };
    if (next.comments > kept.comments || next.ratings > kept.ratings)
      await this.#work.changingSettings(async (db) => {
        await keepValue(db, 'kept', next);
        await bumpSettings(db);
      });
    const removed = Object.fromEntries(retentionKinds.map((kind) => [kind, 0])) as Record<
      RetentionKind,
      number
    >;
    removed.comments = await this.#inTurns(
      'SELECT seq FROM comments WHERE at < $1 ORDER BY at LIMIT $2',
      cuts.comments,
      ['comments', 'first_posts'],
    );
    removed.answers = await this.#answers();
    removed.firstPosts = await this.#inTurns(
      `SELECT f.seq FROM first_posts f JOIN rating_numbers n ON n.seq = f.seq
       JOIN ratings r ON r.seq = n.seq AND r.at = n.at WHERE r.at + r.received_after < $1 LIMIT $2`,
      cuts.firstPosts,
      ['first_posts'],
    );
    removed.ratings = await this.#ratings();
    removed.auditEvents = await forgetAudit(cuts.auditEvents);
    return { removed, longestTransaction: this.#longest, emptied: await this.#empty() };
  }

  /** In transactions of about the time that is aimed at. */
  async #timed<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
    let took = 0;
    const result = await this.#work.transaction(async (db) => {
      const start = performance.now();
      const done = await work(db);
      took = performance.now() - start;
      return done;
    });
    this.#longest = Math.max(this.#longest, took);
    if (took > aim) this.#atOnce = Math.max(1, Math.floor(this.#atOnce / 2));
    else if (took < aim / 3) this.#atOnce = Math.min(atMost, this.#atOnce * 2);
    return result;
  }

  /** Rows of these tables with the numbers that are found before the cut. */
  async #inTurns(find: string, cut: number, tables: string[]): Promise<number> {
    for (let removed = 0; ; ) {
      const found = await this.#timed(async (db) => {
        const seqs = await db.column<number>(find, [cut, this.#atOnce]);
        for (const table of tables)
          if (seqs.length > 0) await db.run(`DELETE FROM ${table} WHERE seq = ANY($1::bigint[])`, [seqs]);
        return seqs.length;
      });
      removed += found;
      if (found === 0) return removed;
    }
  }

  async #answers(): Promise<number> {
    type Row = { seq: number; at: number; answers: string | null };
    let removed = 0;
    for (let last = { at: -1e15, seq: 0 }; ; ) {
      const rows = await this.#timed(async (db) => {
        const rows = await db.all<Row>(
          `SELECT seq, at, answers FROM ratings WHERE answers IS NOT NULL AND at < $1 AND (at, seq) > ($2, $3)
           ORDER BY at, seq LIMIT $4`,
          [this.#cuts.answers, last.at, last.seq, this.#atOnce],
        );
        const worded = rows.flatMap((row): Row[] => {
          const left = textOfAnswers(withoutWords(JSON.parse(row.answers!) as Answers));
          return left === row.answers ? [] : [{ ...row, answers: left }];
        });
        removed += worded.length;
        if (worded.length > 0)
          await db.run(
            `UPDATE ratings r SET answers = n.answers FROM unnest($1::bigint[], $2::bigint[], $3::text[])
               AS n(seq, at, answers) WHERE r.seq = n.seq AND r.at = n.at`,
            columnsOf(
              worded,
              ({ seq }) => seq,
              ({ at }) => at,
              ({ answers }) => answers,
            ),
          );
        return rows;
      });
      const next = rows.at(-1);
      if (!next) return removed;
      last = next;
    }
  }

  async #ratings(): Promise<number> {
    const cut = this.#cuts.ratings;
    // What stands beside a rating goes first, then the rating itself.
    await this.#inTurns('SELECT seq FROM comments WHERE at < $1 LIMIT $2', cut, ['comments', 'first_posts']);
    await this.#inTurns(
      'SELECT f.seq FROM first_posts f JOIN rating_numbers n ON n.seq = f.seq WHERE n.at < $1 LIMIT $2',
      cut,
      ['first_posts'],
    );
    await this.#inTurns(
      'SELECT v.seq FROM voids v JOIN rating_numbers n ON n.seq = v.seq WHERE n.at < $1 LIMIT $2',
      cut,
      ['voids'],
    );
    let removed = 0;
    for (const month of await monthsIn(this.#work.db)) {
      if (startOfMonth(month + 1) > cut) continue;
      removed += await this.#timed(async (db) => {
        const bounds = [startOfMonth(month), startOfMonth(month + 1)];
        const count = await db.value<number>(
          'SELECT count(*) FROM ratings WHERE at >= $1 AND at < $2',
          bounds,
        );
        await dropMonth(db, month);
        return count!;
      });
    }
    removed += await this.#inTurns('SELECT seq FROM ratings WHERE at < $1 LIMIT $2', cut, ['ratings']);
    await this.#inTurns(
      'SELECT seq FROM rating_numbers WHERE at < $1 AND seq NOT IN (SELECT seq FROM ratings WHERE at < $1) LIMIT $2',
      cut,
      ['rating_numbers'],
    );
    return removed;
  }

  /** Writes over what was removed; whether that was possible. */
  async #empty(): Promise<boolean> {
    try {
      await this.#work.db.run('VACUUM comments, first_posts, inbox, comment_words, follow_ups, ratings');
      return true;
    } catch {
      return false;
    }
  }
}
