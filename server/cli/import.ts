import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { secretKeyOf } from '../environment.ts';
import type { Store } from '../storage/port.ts';
import { auditOf, CommandRefused, command, fileFrom, Progress } from './command.ts';
import { unpack } from './import/packed.ts';
import type { Batch, ReaderInput } from './import/reader.ts';
import { RejectedRows } from './import/rejected.ts';

await command({
  help: `Imports ratings from a CSV file. What was imported before is recognised and not counted twice; Ctrl-C is safe.

  npm run import -- FILE.csv

The first line names the columns, separated by ; or , (UTF-8):
  touchpoint, grade (1 to 10) or smiley (1 to 5), givenAt (Amsterdam time when it has no offset)
  and if you have them: id (a UUID), language, product, method, comment, answers.KEY

  --create-touchpoints CHANNEL   makes touchpoints that do not exist yet, in this channel
  --create-products              makes products that do not exist yet

Rows that are not right go to FILE.rejected.csv with their line number and the reason.`,
  options: { 'create-touchpoints': { type: 'string' }, 'create-products': { type: 'boolean' } },
  async run({ environment, values, positionals, open }) {
    const [name] = positionals;
    if (!name || positionals.length > 1)
      throw new CommandRefused('Name one file: npm run import -- FILE.csv');
    const file = fileFrom(name);
    const { size } = await stat(file);
    const store = await open();
    const channel = values['create-touchpoints'] ?? null;
    if (channel !== null && !store.settings().channels.some(({ key }) => key === channel))
      throw new CommandRefused(`There is no channel ${channel}; --create-touchpoints takes the key of one.`);
    const input: ReaderInput = {
      file,
      secret: await secretKeyOf(environment, store),
      settings: store.settings(),
      createTouchpoints: channel,
      createProducts: values['create-products'] ?? false,
      receivedAt: Date.now(),
    };
    await store.audit.append(auditOf('import'));
    const totals = await importFile(store, input, size, new RejectedRows(`${file}.rejected.csv`));
    console.log(
      `${totals.read} read, ${totals.accepted} accepted, ${totals.duplicate} duplicate, ${totals.rejected} rejected`,
    );
    if (totals.rejected > 0) console.log(`Rejected rows and why: ${file}.rejected.csv`);
    if (totals.stopped) {
      console.log('Stopped half-way; start the same import again to go on.');
      process.exitCode = 130;
    }
  },
});

/** A thread reads and checks, this one stores; so both cores of a small server work. */
async function importFile(store: Store, input: ReaderInput, size: number, rejected: RejectedRows) {
  const totals = { read: 0, accepted: 0, duplicate: 0, rejected: 0, stopped: false };
  const progress = new Progress();
  const started = performance.now();
  const stop = () => {
    totals.stopped = true;
  };
  process.once('SIGINT', stop);
  const reader = new Worker(new URL('./import/reader.ts', import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 24 },
  });
  try {
    for await (const batch of batchesOf(reader)) {
      if (batch.refused) throw new CommandRefused(batch.refused);
      if (batch.touchpoints.length + batch.products.length > 0)
        await store.changeSettings({ touchpoints: batch.touchpoints, products: batch.products });
      const entries = unpack(batch.ratings, input.receivedAt);
      const outcomes = entries.length > 0 ? await store.append(entries) : [];
      totals.read += entries.length + batch.rejected.length;
      for (const [place, { status }] of outcomes.entries()) {
        if (status === 'accepted' || status === 'duplicate') totals[status]++;
        else
          batch.rejected.push({
            line: batch.lines[place]!,
            reason: 'id: was used before with other content',
          });
      }
      totals.rejected += batch.rejected.length;
      await rejected.add(batch.rejected);
      const speed = Math.round((totals.read / (performance.now() - started)) * 1000);
      progress.show(`${Math.round((batch.bytes / size) * 100)} %  ${totals.read} rows, ${speed} a second`);
      if (totals.stopped) break;
      // A moment in which the server can have the lock.
      await pause(1);
    }
  } finally {
    process.off('SIGINT', stop);
    await reader.terminate();
    await rejected.close();
    progress.end();
  }
  return totals;
}

/** Batches in order; asking for the next one lets the reader go on, so that few are in memory. */
async function* batchesOf(reader: Worker): AsyncGenerator<Batch> {
  const waiting: Batch[] = [];
  let failure: unknown = null;
  let wake = () => {};
  reader.on('message', (batch: Batch) => {
    waiting.push(batch);
    wake();
  });
  reader.on('error', (error) => {
    failure = error;
    wake();
  });
  for (;;) {
    while (waiting.length === 0 && !failure)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    if (failure) throw failure;
    const batch = waiting.shift()!;
    reader.postMessage('next');
    yield batch;
    if (batch.last) return;
  }
}
