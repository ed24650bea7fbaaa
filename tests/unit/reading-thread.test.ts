import { expect, test } from 'vitest';
import { ReadingThread } from '../../server/storage/thread.ts';

test('AG9: what will be asked is read before anybody asked, until nothing is left to read', async () => {
  const times = new Int32Array(new SharedArrayBuffer(4));
  const module = new URL('../support/counting-reader.ts', import.meta.url).href;
  const thread = new ReadingThread({ module, options: { times } });
  thread.startIn(1);
  for (let read = 0; read < 3; read = Atomics.load(times, 0))
    await Atomics.waitAsync(times, 0, read, 20_000).value;
  await thread.close();
  expect(Atomics.load(times, 0)).toBe(3);
});
