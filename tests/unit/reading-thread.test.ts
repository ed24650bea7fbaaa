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

test('AG9: a reading thread that cannot be had harms nobody before somebody asks, who hears of it', async () => {
  // What cannot be given to another thread.
  const thread = new ReadingThread({ module: 'none', options: { read: () => {} } });
  thread.startIn(1);
  await new Promise((after) => setTimeout(after, 5));
  await expect(thread.ask('none', null)).rejects.toThrow('could not be cloned');
  await thread.close();
});
