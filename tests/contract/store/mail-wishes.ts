import { expect, test } from 'vitest';
import { Access } from '../../../server/access/accounts.ts';
import { type Bench, noon } from './bench.ts';

const aMail = { kind: 'signals', sealed: Buffer.from('sealed'), address: Buffer.from('hash'), dueAt: noon };

export function mailWishesContract(bench: Bench): void {
  test('ML6: what an account asked to be mailed is kept whole, known by its kind, and gone with the account', async () => {
    const store = await bench.fresh();
    const access = new Access({
      ...{
        store,
        secret: 'a secret of some length for the test',
        baseUrl: 'http://localhost',
        secure: false,
      },
      now: () => noon,
    });
    const account = await access.addAccount({ email: 'een@gemeente.test', name: 'Ali', role: 'manager' });
    const { mailWishes } = store;
    expect(await mailWishes.of(account)).toEqual({ kinds: [], language: 'nl' });
    await mailWishes.set(account, { kinds: ['signals', 'digest'], language: 'en' });
    await mailWishes.set('nobody', { kinds: ['digest'], language: 'nl' });
    const other = await bench.beside(store);
    expect(await other.mailWishes.of(account)).toEqual({ kinds: ['digest', 'signals'], language: 'en' });
    expect(await mailWishes.wanting('signals')).toEqual([{ account, language: 'en' }]);
    expect(await mailWishes.wanting('digest')).toEqual(
      [
        { account, language: 'en' },
        { account: 'nobody', language: 'nl' },
      ].sort((a, b) => (a.account < b.account ? -1 : 1)),
    );
    await mailWishes.set(account, { kinds: ['digest'], language: 'nl' });
    expect(await mailWishes.wanting('signals')).toEqual([]);
    await mailWishes.forget(noon);
    expect(await mailWishes.wanting('digest')).toEqual([{ account, language: 'nl' }]);
  });

  test('ML6: an account is told of one thing once, by one of several processes, until it is forgotten', async () => {
    const store = await bench.fresh();
    const other = await bench.beside(store);
    const told = await Promise.all(
      [store, other, store].map((each) => each.mailWishes.tell('een', 'week 30', aMail, noon)),
    );
    expect(told.filter(Boolean)).toHaveLength(1);
    expect(await other.mailWishes.told('een', 'week 30')).toBe(true);
    expect(await store.mailWishes.told('twee', 'week 30')).toBe(false);
    expect((await store.mail.counts()).waiting).toBe(1);
    await store.mailWishes.forget(noon + 1);
    expect(await store.mailWishes.told('een', 'week 30')).toBe(false);
    expect(await store.mailWishes.tell('een', 'week 30', aMail, noon + 2)).toBe(true);
  });
}
