import type { Retention, RetentionKind, RetentionRun } from '#shared/contract/privacy.ts';
import type { CommentSearch, Cuts, FoundComment, PrivacyStore, RemovalResult } from '../port/privacy.ts';
import { Removal } from './removal.ts';
import { bumpSettings, keepValue, keptValue } from './settings.ts';
import type { Work } from './work.ts';

/** So many comments are read at once where all of them are. */
const atOnce = 1000;

export class PostgresPrivacy implements PrivacyStore {
  readonly #work: Work;
  readonly #forgetAudit: (before: number) => Promise<number>;

  constructor(work: Work, forgetAudit: (before: number) => Promise<number>) {
    this.#work = work;
    this.#forgetAudit = forgetAudit;
  }

  async older(cuts: Cuts): Promise<Record<RetentionKind, number>> {
    const { db } = this.#work;
    const count = async (sql: string, before: number) => (await db.value<number>(sql, [before]))!;
    return {
      comments: await count('SELECT count(*) FROM comments WHERE at < $1', cuts.comments),
      answers: await count(
        `SELECT count(*) FROM ratings WHERE answers IS NOT NULL AND answers LIKE '%":"% %' AND at < $1`,
        cuts.answers,
      ),
      ratings: await count('SELECT count(*) FROM ratings WHERE at < $1', cuts.ratings),
      firstPosts: await count(
        `SELECT count(*) FROM first_posts f JOIN rating_numbers n ON n.seq = f.seq
         JOIN ratings r ON r.seq = n.seq AND r.at = n.at WHERE r.at + r.received_after < $1`,
        cuts.firstPosts,
      ),
      auditEvents: await count('SELECT count(*) FROM audit_events WHERE at < $1', cuts.auditEvents),
    };
  }

  remove(cuts: Cuts): Promise<RemovalResult> {
    return new Removal(this.#work, cuts).run(this.#forgetAudit);
  }

  setRetention(periods: Retention): Promise<void> {
    return this.#work.changingSettings(async (db) => {
      await keepValue(db, 'retention', periods);
      await bumpSettings(db);
    });
  }

  async lastRun(): Promise<RetentionRun | null> {
    return (await keptValue<RetentionRun>(this.#work.db, 'retentionRun')) ?? null;
  }

  async keepRun(run: RetentionRun): Promise<void> {
    await this.#work.transaction((db) => keepValue(db, 'retentionRun', run));
  }

  async labels(labels: readonly string[]) {
    const has = labels.map((_, i) => `count(*) FILTER (WHERE position($${i + 1} IN text) > 0)`);
    const any = labels.map((_, i) => `position($${i + 1} IN text) > 0`).join(' OR ');
    const [row] = await this.#work.db.rows<number[]>(
      `SELECT count(*), count(*) FILTER (WHERE ${any || 'false'})${has.map((one) => `, ${one}`).join('')} FROM comments`,
      labels,
    );
    return { comments: row![0]!, redacted: row![1]!, counts: row!.slice(2) };
  }

  async search({ text, from, to, touchpoint, most }: CommentSearch): Promise<FoundComment[]> {
    const wanted = text?.toLocaleLowerCase('nl') ?? '';
    const found: FoundComment[] = [];
    let place = { before: to ?? Number.MAX_SAFE_INTEGER, number: 0 };
    for (;;) {
      const rows = await this.#work.db.all<FoundComment>(
        `SELECT c.seq AS number, c.at, p.touchpoint, r.grade, r.smiley, c.text
         FROM comments c JOIN ratings r ON r.seq = c.seq AND r.at = c.at JOIN placements p ON p.id = c.placement
         WHERE c.at >= $1 AND (c.at, c.seq) < ($2, $3) AND ($4::text IS NULL OR p.touchpoint = $4)
         ORDER BY c.at DESC, c.seq DESC LIMIT ${atOnce}`,
        [from ?? -1e15, place.before, place.number, touchpoint],
      );
      for (const row of rows)
        if (row.text.toLocaleLowerCase('nl').includes(wanted)) {
          found.push(row);
          if (found.length === most) return found;
        }
      const last = rows.at(-1);
      if (!last || rows.length < atOnce) return found;
      place = { before: last.at, number: last.number };
    }
  }

  erase(number: number): Promise<boolean> {
    return this.#work.transaction(async (db) => {
      const comment = await db.run('DELETE FROM comments WHERE seq = $1', [number]);
      const first = await db.run('DELETE FROM first_posts WHERE seq = $1', [number]);
      const answers = await db.run(
        `UPDATE ratings r SET answers = NULL FROM rating_numbers n
         WHERE n.seq = $1 AND r.seq = n.seq AND r.at = n.at AND r.answers IS NOT NULL`,
        [number],
      );
      return comment + first + answers > 0;
    });
  }
}
