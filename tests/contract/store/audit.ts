import { expect, test } from 'vitest';
import type { AuditEntry, AuditSearch } from '../../../server/storage/port/audit.ts';
import type { Bench } from './bench.ts';

export const anEntry = (fields: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ kind: 'account', actor: 'a1', name: 'Bea Heer', session: 's1', method: 'PATCH' },
  ...{ route: '/api/v1/signals/:id', object: '7', outcome: 200 },
  ...fields,
});
const all: AuditSearch = { from: null, to: null, text: null, before: null, most: 100 };

export function auditContract(bench: Bench): void {
  test('AU1: what two processes record is one chain, newest first, and verifies', async () => {
    const store = await bench.fresh();
    const beside = await bench.beside(store);
    expect(await store.audit.verify()).toMatchObject({ records: 0, broken: null });
    for (let i = 0; i < 10; i++)
      await Promise.all([store, beside].map((one) => one.audit.append(anEntry({ object: String(i) }))));
    const found = await beside.audit.search(all);
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => 20 - i));
    expect(found[0]).toMatchObject({
      ...anEntry({ object: '9' }),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(new Set(found.map(({ hash }) => hash)).size).toBe(20);
    const verdict = await store.audit.verify();
    expect(verdict).toEqual({ records: 20, broken: null, head: found[0]!.hash });
    expect(await store.audit.holds(verdict.head)).toBe(true);
    expect(await store.audit.holds('0'.repeat(64))).toBe(false);
  });

  test('AU3: it is searched by time and by part of a name, route, object or session', async () => {
    const store = await bench.fresh();
    await store.audit.append(anEntry({ name: 'Jan 50%_\\', route: '/a' }));
    await store.audit.append(anEntry({ session: 'token 12', object: 'balie-1' }));
    const routes = async (search: Partial<AuditSearch>) =>
      (await store.audit.search({ ...all, ...search })).map(({ id }) => id);
    expect(await routes({ text: '50%_\\' })).toEqual([1]);
    expect(await routes({ text: '5%' })).toEqual([]);
    expect(await routes({ text: 'TOKEN 12' })).toEqual([2]);
    expect(await routes({ text: 'balie' })).toEqual([2]);
    expect(await routes({ before: 2 })).toEqual([1]);
    expect(await routes({ most: 1 })).toEqual([2]);
    expect(await routes({ from: Date.now() + 60_000 })).toEqual([]);
    expect(await routes({ from: Date.now() - 60_000, to: Date.now() + 60_000 })).toEqual([2, 1]);
  });

  test('AU2: what is forgotten after its period leaves a log that verifies, and goes on', async () => {
    const store = await bench.fresh();
    for (let i = 0; i < 5; i++) await store.audit.append(anEntry());
    expect(await store.audit.forget(Date.now() - 60_000)).toBe(0);
    const { head } = await store.audit.verify();
    expect(await store.audit.forget(Date.now() + 60_000)).toBe(5);
    expect(await store.audit.verify()).toEqual({ records: 0, broken: null, head });
    await store.audit.append(anEntry());
    expect((await store.audit.search(all)).map(({ id }) => id)).toEqual([6]);
    expect(await store.audit.verify()).toMatchObject({ records: 1, broken: null });
  });
}
