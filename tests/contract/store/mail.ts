import { expect, test } from 'vitest';
import type { NewMail } from '../../../server/storage/port/mail.ts';
import { type Bench, noon } from './bench.ts';

const aMail = (fields: Partial<NewMail> = {}): NewMail => ({
  ...{ kind: 'test', sealed: Buffer.from('sealed'), address: Buffer.from('hash'), dueAt: noon },
  ...fields,
});

export function mailContract(bench: Bench): void {
  test('ML1: a message waits for its time, is taken by one only, and leaves nothing but how it ended', async () => {
    const store = await bench.fresh();
    const other = await bench.beside(store);
    await store.mail.queue([aMail({ dueAt: noon + 5 }), aMail({ kind: 'first' })], noon);
    expect(await store.mail.take(10, noon - 1)).toEqual([]);
    const [first, ...none] = await other.mail.take(10, noon);
    expect(none).toEqual([]);
    expect(first).toMatchObject({
      kind: 'first',
      sealed: Buffer.from('sealed'),
      attempts: 0,
      queuedAt: noon,
    });
    expect(await store.mail.take(10, noon)).toEqual([]);
    await other.mail.settle([{ id: first!.id, state: 'sent', reference: 'abc' }], noon + 1);
    expect(await store.mail.counts()).toMatchObject({ waiting: 1, sent: 1, sending: 0 });
    expect(await store.mail.recent(2)).toEqual([
      expect.objectContaining({ state: 'sent', kind: 'first', changedAt: noon + 1 }),
      expect.objectContaining({ state: 'waiting', dueAt: noon + 5, queuedAt: noon + 5 }),
    ]);
    expect(await store.mail.recent(1)).toHaveLength(1);
    expect(await store.mail.report('abd', 'bounced', null, noon + 2)).toBe(false);
    expect(await store.mail.report('abc', 'delivered', null, noon + 2)).toBe(true);
    expect(await store.mail.counts()).toMatchObject({ waiting: 1, delivered: 1 });
  });

  test('ML2: what is tried again keeps its place and its content; what ended is not taken again', async () => {
    const store = await bench.fresh();
    await store.mail.queue([aMail(), aMail(), aMail()], noon);
    const [a, b, c] = await store.mail.take(3, noon);
    await store.mail.settle(
      [
        { id: a!.id, state: 'waiting', reason: 'busy', dueAt: noon + 60 },
        { id: b!.id, state: 'refused', reason: 'no such person' },
        { id: c!.id, state: 'unknown', reason: 'connection lost' },
      ],
      noon,
    );
    expect(await store.mail.take(3, noon + 59)).toEqual([]);
    expect(await store.mail.take(3, noon + 60)).toEqual([{ ...a, attempts: 1 }]);
    expect((await store.mail.recent(3)).map(({ state, reason }) => [state, reason])).toEqual([
      ['unknown', 'connection lost'],
      ['refused', 'no such person'],
      ['sending', 'busy'],
    ]);
  });

  test('ML3: what was being sent when a process ended is unknown, unless that process is heard of after all', async () => {
    const store = await bench.fresh();
    await store.mail.queue([aMail(), aMail()], noon);
    const [a, b] = await store.mail.take(2, noon);
    expect(await store.mail.interrupted(noon + 1)).toBe(2);
    expect(await store.mail.interrupted(noon + 1)).toBe(0);
    await store.mail.settle([{ id: a!.id, state: 'sent' }], noon + 2);
    await store.mail.settle([{ id: b!.id, state: 'waiting', reason: 'later', dueAt: noon + 2 }], noon + 2);
    expect(await store.mail.counts()).toMatchObject({ sent: 1, unknown: 1, waiting: 0 });
    expect(await store.mail.take(2, noon + 9)).toEqual([]);
  });

  test('ML4: while what goes out is paused nothing is taken; what waits can be cancelled, all or for one address', async () => {
    const store = await bench.fresh();
    expect(await store.outgoing.paused()).toBe(false);
    await store.outgoing.pause(true);
    await store.mail.queue([aMail(), aMail({ address: Buffer.from('other') }), aMail()], noon);
    expect(await store.mail.take(9, noon)).toEqual([]);
    expect(await (await bench.beside(store)).outgoing.paused()).toBe(true);
    expect(await store.mail.cancel(Buffer.from('other'), noon)).toBe(1);
    await store.outgoing.pause(false);
    expect(await store.mail.take(1, noon)).toHaveLength(1);
    expect(await store.mail.cancel(null, noon)).toBe(1);
    expect(await store.mail.counts()).toMatchObject({ sending: 1, cancelled: 2, waiting: 0 });
    await store.mail.forget(noon + 1);
    expect(await store.mail.counts()).toMatchObject({ sending: 1, cancelled: 0 });
  });
}
