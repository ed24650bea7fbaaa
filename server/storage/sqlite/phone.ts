import { dayOf } from '#shared/core/calendar.ts';
import type { CallCount, CallKey, CallState, LineRecord, PhoneStore } from '../port/phone.ts';
import { bumpSettings } from './settings.ts';
import type { Work } from './work.ts';

/** So long a platform may repeat a message, or an exchange send one late. */
const kept = 7 * 86_400_000;

type Column = 'offers' | 'calls' | 'rated' | 'broken_off';
interface CallRow {
  touchpoint: string;
  counts: number;
  offered: number;
  reached: number;
  finished: number;
  ended: number;
  turns: string;
  rating: string | null;
}

const bytes = (call: string): Buffer => Buffer.from(call.replaceAll('-', ''), 'hex');
const stateOf = ({ turns, rating }: CallRow): CallState => ({
  turns: JSON.parse(turns),
  rating: rating === null ? null : JSON.parse(rating),
});
const select = 'SELECT touchpoint, counts, offered, reached, finished, ended, turns, rating FROM calls';

export class SqlitePhone implements PhoneStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async lines(): Promise<LineRecord[]> {
    const rows = this.#work.db.prepare('SELECT * FROM phone_lines').all() as {
      touchpoint: string;
      platform: LineRecord['platform'];
      secret: Buffer | null;
      content: string;
    }[];
    return rows.map(({ touchpoint, platform, secret, content }) => ({
      ...{ touchpoint, platform, sealedSecret: secret },
      ...(JSON.parse(content) as Pick<LineRecord, 'languages' | 'voices' | 'recordings'>),
    }));
  }

  async saveLine({ touchpoint, platform, sealedSecret, languages, voices, recordings }: LineRecord) {
    const { db, changingSettings } = this.#work;
    await changingSettings(() => {
      db.prepare('INSERT OR REPLACE INTO phone_lines VALUES (?, ?, ?, ?)').run(
        touchpoint,
        platform,
        sealedSecret,
        JSON.stringify({ languages, voices, recordings }),
      );
      bumpSettings(db);
    });
  }

  async callOf(call: string): Promise<CallState | null> {
    const row = this.#find(call);
    return row ? stateOf(row) : null;
  }

  keepTurn(key: CallKey, name: string, content: unknown, last: boolean): Promise<CallState> {
    return this.#work.transaction(() => {
      const row = this.#callOf(key);
      const { turns, rating } = stateOf(row);
      if (!(name in turns)) {
        turns[name] = content;
        this.#work.db
          .prepare('UPDATE calls SET turns = ?, reached = 1, finished = max(finished, ?) WHERE id = ?')
          .run(JSON.stringify(turns), Number(last), bytes(key.call));
        if (!row.reached) this.#count(row, key.at, 'calls');
      }
      return { turns, rating };
    });
  }

  async keepRating(key: CallKey, rating: unknown): Promise<void> {
    await this.#work.transaction(() => {
      const row = this.#callOf(key);
      this.#work.db
        .prepare('UPDATE calls SET rating = ? WHERE id = ?')
        .run(JSON.stringify(rating), bytes(key.call));
      if (row.rating === null) this.#count(row, key.at, 'rated');
    });
  }

  async endCall(call: string, at: number): Promise<void> {
    const { db, transaction } = this.#work;
    await transaction(() => {
      const row = this.#find(call);
      if (!row || row.ended) return;
      db.prepare('UPDATE calls SET ended = 1 WHERE id = ?').run(bytes(call));
      if (row.reached && !row.finished) this.#count(row, at, 'broken_off');
    });
  }

  keepOffer(key: CallKey): Promise<boolean> {
    return this.#work.transaction(() => {
      const row = this.#callOf(key);
      if (row.offered) return false;
      this.#work.db.prepare('UPDATE calls SET offered = 1 WHERE id = ?').run(bytes(key.call));
      this.#count(row, key.at, 'offers');
      return true;
    });
  }

  async callCounts(from: number | null, to: number | null): Promise<CallCount[]> {
    return this.#work.db
      .prepare(
        `SELECT touchpoint, sum(offers) AS offers, sum(calls) AS calls, sum(rated) AS rated, sum(broken_off) AS brokenOff
         FROM call_counts WHERE day >= coalesce(?, day) AND day <= coalesce(?, day)
         GROUP BY touchpoint ORDER BY touchpoint`,
      )
      .all(from, to) as CallCount[];
  }

  #find(call: string): CallRow | undefined {
    return this.#work.db.prepare(`${select} WHERE id = ?`).get(bytes(call)) as CallRow | undefined;
  }

  /** The row of a call, made when it is the first that is heard of it; those of long ago go. */
  #callOf({ call, touchpoint, counts }: CallKey): CallRow {
    const { db, now } = this.#work;
    const found = this.#find(call);
    if (found) return found;
    db.prepare('DELETE FROM calls WHERE at < ?').run(now() - kept);
    db.prepare('INSERT INTO calls (id, touchpoint, counts, at) VALUES (?, ?, ?, ?)').run(
      bytes(call),
      touchpoint,
      Number(counts),
      now(),
    );
    return this.#find(call)!;
  }

  #count({ touchpoint, counts }: CallRow, at: number, column: Column): void {
    if (!counts) return;
    this.#work.db
      .prepare(
        `INSERT INTO call_counts (touchpoint, day, ${column}) VALUES (?, ?, 1)
         ON CONFLICT DO UPDATE SET ${column} = ${column} + 1`,
      )
      .run(touchpoint, dayOf(at));
  }
}
