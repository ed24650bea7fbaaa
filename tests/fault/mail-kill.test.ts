import { expect, test } from 'vitest';
import { postAndKill } from '../load/posting.ts';

test('ML5: invitations are sent, the program is killed half-way: every address once or marked as unknown, none skipped', async () => {
  const { invited, once, unknown, wrong, atKill } = await postAndKill(200);
  expect(wrong).toEqual([]);
  expect(once + unknown).toBe(invited);
  expect(atKill).toBeGreaterThanOrEqual(100);
  // At most what was on its way in one round.
  expect(unknown).toBeGreaterThan(0);
  expect(unknown).toBeLessThanOrEqual(20);
}, 120_000);
