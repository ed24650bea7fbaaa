import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keepIndexed } from '../../server/inbox/indexing.ts';
import type { Store } from '../../server/storage/port.ts';
import { until } from '../support/until.ts';

test('RE7: after a step that took long, what comes is heard of soon all the same', async () => {
  let changed = () => {};
  let steps = 0;
  const slow = {
    leads: () => true,
    onSettings: () => () => {},
    onChange(listener: () => void) {
      changed = listener;
      return () => {};
    },
    inbox: {
      async index() {
        steps++;
        if (steps === 1) await pause(500);
        return false;
      },
    },
  };
  const failures: unknown[] = [];
  const indexing = keepIndexed(slow as unknown as Store, {
    onRead: () => {},
    log: (error) => failures.push(error),
  });
  await until('the slow step began', () => steps === 1);
  changed();
  await until('the next comment is read', () => steps === 2);
  await indexing.close();
  expect(failures).toEqual([]);
});
