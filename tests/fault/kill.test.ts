import { expect, test } from 'vitest';
import { bytesOfId, inDatabase } from '../support/database.ts';
import { startProgram } from '../support/program.ts';
import { aRating, post } from '../support/ratings.ts';

/** `npm run test:fault -- kill` does it five hundred times, at moments of chance. */
const rounds = 50;
const atOnce = 8;

test(`IN2: a rating answered 201 survives kill -9 at that instant, ${rounds} times in a row, none lost, none double`, async () => {
  let program = await startProgram();
  const sent: Record<string, unknown>[] = [];
  const lost: unknown[] = [];
  let killedWhileAnswering = 0;

  for (let round = 0; round < rounds; round++) {
    const ratings = Array.from({ length: atOnce }, (_, i) =>
      aRating({ grade: 1 + ((round + i) % 10), comment: `ronde ${round}` }),
    );
    sent.push(...ratings);
    const answered = new Set<unknown>();
    let killed: Promise<void> | null = null;
    const replies = ratings.map(async (rating) => {
      const { status } = await post(program.url, rating);
      if (status !== 201) throw new Error(`answered ${status}`);
      answered.add(rating.id);
      killed ??= program.kill();
    });
    await Promise.allSettled(replies);
    await killed;
    expect(answered.size).toBeGreaterThan(0);
    if (answered.size < atOnce) killedWhileAnswering++;

    program = await program.restart();
    const again = ratings.map(async (rating) => {
      const { status } = await post(program.url, rating);
      // What was answered is there: sending it again is no news.
      if (answered.has(rating.id) && status !== 200) lost.push({ round, id: rating.id, status });
      expect([200, 201]).toContain(status);
    });
    await Promise.all(again);
  }

  expect(lost).toEqual([]);
  expect(killedWhileAnswering).toBeGreaterThan(0);
  const stored = inDatabase(
    program.dataDir,
    (db) => db.prepare('SELECT id FROM ratings').pluck().all() as Buffer[],
  );
  const ids = sent.map(({ id }) => bytesOfId(String(id)).toString('hex')).sort();
  expect(stored.map((id) => id.toString('hex')).sort()).toEqual(ids);
  const recount = await program.command('recount');
  expect({ code: recount.code, out: recount.stdout }).toEqual({
    code: 0,
    out: expect.stringContaining('\n0 differences'),
  });
  await program.stop();
}, 300_000);
