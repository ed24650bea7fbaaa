import type { Retention, RetentionKind, RetentionRun } from '#shared/contract/privacy.ts';
import type { CommentSearch, Cuts, FoundComment, PrivacyStore, RemovalResult } from '../port/privacy.ts';
import { Removal } from './removal.ts';
import { bumpSettings } from './version.ts';
import type { Work } from './work.ts';

/** So many comments are read at once where all of them are: between two turns others are served. */
const atOnce = 10_000;

export class SqlitePrivacy implements PrivacyStore {
  readonly #work: Work;
  readonly #forgetAudit: (before: number) => Promise<number>;

  constructor(work: Work, forgetAudit: (before: number) => Promise<number>) {
    this.#work = work;
    this.#forgetAudit = forgetAudit;
  }

  async older(cuts: Cuts): Promise<Record<RetentionKind, number>> {
    const count = (sql: string, before: number) => this.#work.db.prepare(sql).pluck().get(before) as number;
    let ratings = 0;
    const { db } = this.#work;
    const last = (db.prepare('SELECT max(seq) FROM ratings').pluck().get() as number | null) ?? 0;
    const part = db.prepare('SELECT count(*) FROM ratings WHERE seq > ? AND seq <= ? AND at < ?').pluck();
    for (let from = 0; from < last; from += atOnce) {
      ratings += part.get(from, from + atOnce, cuts.ratings) as number;
      await new Promise(setImmediate);
    }
    return {
      comments: count('SELECT count(*) FROM comments WHERE at < ?', cuts.comments),
      answers: count('SELECT count(*) FROM ratings WHERE answers LIKE \'%":"% %\' AND at < ?', cuts.answers),
      ratings,
      firstPosts: count(
        'SELECT count(*) FROM first_posts JOIN ratings USING (seq) WHERE at + received_after < ?',
        cuts.firstPosts,
      ),
      auditEvents: count('SELECT count(*) FROM audit_events WHERE at < ?', cuts.auditEvents),
    };
  }

  remove(cuts: Cuts): Promise<RemovalResult> {
    return new Removal(this.#work, cuts).run(this.#forgetAudit);
  }

  async setRetention(periods: Retention): Promise<void> {
    await this.#work.changingSettings(() => {
      this.#keep('retention', periods);
      bumpSettings(this.#work.db);
    });
  }

  async lastRun(): Promise<RetentionRun | null> {
    const text = this.#work.db
      .prepare("SELECT value FROM settings WHERE name = 'retentionRun'")
      .pluck()
      .get();
    return text === undefined ? null : (JSON.parse(text as string) as RetentionRun);
  }

  keepRun(run: RetentionRun): Promise<void> {
    return this.#work.transaction(() => this.#keep('retentionRun', run));
  }

  #keep(name: string, value: unknown): void {
    this.#work.db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run(name, JSON.stringify(value));
  }

  async labels(labels: readonly string[]) {
    const { db } = this.#work;
    const has = labels.map(() => 'coalesce(sum(instr(text, ?) > 0), 0)').join(', ');
    const any = labels.map(() => 'instr(text, ?) > 0').join(' OR ');
    const read = db
      .prepare(`SELECT count(*), coalesce(sum(${any}), 0), ${has} FROM comments WHERE seq > ? AND seq <= ?`)
      .raw();
    const last = (db.prepare('SELECT max(seq) FROM comments').pluck().get() as number | null) ?? 0;
    const first = (db.prepare('SELECT min(seq) FROM comments').pluck().get() as number | null) ?? 0;
    const sums = new Array<number>(labels.length + 2).fill(0);
    for (let from = first - 1; from < last; from += atOnce) {
      const row = read.get(...labels, ...labels, from, from + atOnce) as number[];
      for (const [place, value] of row.entries()) sums[place]! += value;
      await new Promise(setImmediate);
    }
    return { comments: sums[0]!, redacted: sums[1]!, counts: sums.slice(2) };
  }

  async search({ text, from, to, touchpoint, most }: CommentSearch): Promise<FoundComment[]> {
    const { db } = this.#work;
    const page = db.prepare(
      `SELECT seq AS number, comments.at, touchpoint, grade, smiley, text
       FROM comments JOIN ratings USING (seq) JOIN placements ON placements.id = comments.placement
       WHERE comments.at >= @from AND (comments.at, seq) < (@before, @number)
         AND (@touchpoint IS NULL OR touchpoint = @touchpoint)
       ORDER BY comments.at DESC, seq DESC LIMIT ${atOnce / 10}`,
    );
    const wanted = text?.toLocaleLowerCase('nl') ?? '';
    const found: FoundComment[] = [];
    let place = { before: to ?? Number.MAX_SAFE_INTEGER, number: 0 };
    for (;;) {
      const rows = page.all({ from: from ?? -1e15, touchpoint, ...place }) as FoundComment[];
      for (const row of rows)
        if (row.text.toLocaleLowerCase('nl').includes(wanted)) {
          found.push(row);
          if (found.length === most) return found;
        }
      const last = rows.at(-1);
      if (!last || rows.length < atOnce / 10) return found;
      place = { before: last.at, number: last.number };
      await new Promise(setImmediate);
    }
  }

  erase(number: number): Promise<boolean> {
    const { db, transaction } = this.#work;
    return transaction(() => {
      const comment = db.prepare('DELETE FROM comments WHERE seq = ?').run(number).changes;
      const first = db.prepare('DELETE FROM first_posts WHERE seq = ?').run(number).changes;
      const answers = db
        .prepare('UPDATE ratings SET answers = NULL WHERE seq = ? AND answers IS NOT NULL')
        .run(number).changes;
      return comment + first + answers > 0;
    });
  }
}
