import { dayOf } from '#shared/core/calendar.ts';
import type { CallCount, CallKey, CallState, LineRecord, PhoneStore } from '../port/phone.ts';
import type { Db } from './db.ts';
import { bytesOfId } from './rows.ts';
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

const stateOf = ({ turns, rating }: CallRow): CallState => ({
  turns: JSON.parse(turns),
  rating: rating === null ? null : JSON.parse(rating),
});
const find = (db: Db, call: string): Promise<CallRow | undefined> =>
  db.get(
    'SELECT touchpoint, counts, offered, reached, finished, ended, turns, rating FROM calls WHERE id = $1',
    [bytesOfId(call)],
  );

async function count(db: Db, { touchpoint, counts }: CallRow, at: number, column: Column): Promise<void> {
  if (!counts) return;
  await db.run(
    `INSERT INTO call_counts (touchpoint, day, ${column}) VALUES ($1, $2, 1)
     ON CONFLICT (touchpoint, day) DO UPDATE SET ${column} = call_counts.${column} + 1`,
    [touchpoint, dayOf(at)],
  );
}

export class PostgresPhone implements PhoneStore {
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  async lines(): Promise<LineRecord[]> {
    const rows = await this.#work.db.all<{
      touchpoint: string;
      platform: LineRecord['platform'];
      secret: Buffer | null;
      content: string;
    }>('SELECT * FROM phone_lines ORDER BY touchpoint');
    return rows.map(({ touchpoint, platform, secret, content }) => ({
      ...{ touchpoint, platform, sealedSecret: secret },
      ...(JSON.parse(content) as Pick<LineRecord, 'languages' | 'voices' | 'recordings'>),
    }));
  }

  saveLine({ touchpoint, platform, sealedSecret, languages, voices, recordings }: LineRecord): Promise<void> {
    return this.#work.changingSettings(async (db) => {
      await db.run(
        `INSERT INTO phone_lines VALUES ($1, $2, $3, $4) ON CONFLICT (touchpoint) DO UPDATE SET
           platform = excluded.platform, secret = excluded.secret, content = excluded.content`,
        [touchpoint, platform, sealedSecret, JSON.stringify({ languages, voices, recordings })],
      );
      await bumpSettings(db);
    });
  }

  async callOf(call: string): Promise<CallState | null> {
    const row = await find(this.#work.db, call);
    return row ? stateOf(row) : null;
  }

  keepTurn(key: CallKey, name: string, content: unknown, last: boolean): Promise<CallState> {
    return this.#work.transaction(async (db) => {
      const row = await this.#callOf(db, key);
      const { turns, rating } = stateOf(row);
      if (!(name in turns)) {
        turns[name] = content;
        await db.run(
          'UPDATE calls SET turns = $1, reached = 1, finished = greatest(finished, $2) WHERE id = $3',
          [JSON.stringify(turns), Number(last), bytesOfId(key.call)],
        );
        if (!row.reached) await count(db, row, key.at, 'calls');
      }
      return { turns, rating };
    });
  }

  keepRating(key: CallKey, rating: unknown): Promise<void> {
    return this.#work.transaction(async (db) => {
      const row = await this.#callOf(db, key);
      await db.run('UPDATE calls SET rating = $1 WHERE id = $2', [
        JSON.stringify(rating),
        bytesOfId(key.call),
      ]);
      if (row.rating === null) await count(db, row, key.at, 'rated');
    });
  }

  endCall(call: string, at: number): Promise<void> {
    return this.#work.transaction(async (db) => {
      const row = await find(db, call);
      if (!row || row.ended) return;
      await db.run('UPDATE calls SET ended = 1 WHERE id = $1', [bytesOfId(call)]);
      if (row.reached && !row.finished) await count(db, row, at, 'broken_off');
    });
  }

  keepOffer(key: CallKey): Promise<boolean> {
    return this.#work.transaction(async (db) => {
      const row = await this.#callOf(db, key);
      if (row.offered) return false;
      await db.run('UPDATE calls SET offered = 1 WHERE id = $1', [bytesOfId(key.call)]);
      await count(db, row, key.at, 'offers');
      return true;
    });
  }

  callCounts(from: number | null, to: number | null): Promise<CallCount[]> {
    return this.#work.db.all(
      `SELECT touchpoint, sum(offers) AS offers, sum(calls) AS calls, sum(rated) AS rated,
         sum(broken_off) AS "brokenOff"
       FROM call_counts WHERE day >= coalesce($1::int, day) AND day <= coalesce($2::int, day)
       GROUP BY touchpoint ORDER BY touchpoint COLLATE "C"`,
      [from, to],
    );
  }

  /** The row of a call, made when it is the first that is heard of it; those of long ago go. */
  async #callOf(db: Db, { call, touchpoint, counts }: CallKey): Promise<CallRow> {
    const found = await find(db, call);
    if (found) return found;
    const now = this.#work.now();
    await db.run('DELETE FROM calls WHERE at < $1', [now - kept]);
    await db.run('INSERT INTO calls (id, touchpoint, counts, at) VALUES ($1, $2, $3, $4)', [
      bytesOfId(call),
      touchpoint,
      Number(counts),
      now,
    ]);
    return (await find(db, call))!;
  }
}
