import { expect, test } from 'vitest';
import type { Role } from '#shared/contract/access.ts';
import { Access } from '../../../server/access/accounts.ts';
import type { Store } from '../../../server/storage/port.ts';
import { type Bench, noon } from './bench.ts';

const person = (store: Store, email: string, role: Role = 'viewer') =>
  new Access({
    ...{ store, secret: 'a secret of some length for the test', baseUrl: 'http://localhost', secure: false },
    now: () => noon,
  }).addAccount({ email, name: 'Ali', role });
const aPasskey = (user: string, id: string, createdAt = noon) => ({
  ...{ id, user, name: `sleutel ${id}`, publicKey: Buffer.from(id), counter: 0, createdAt },
});

export function passkeysContract(bench: Bench): void {
  test('AC13: a passkey belongs to one account, is known by its own id, and goes with the account', async () => {
    const store = await bench.fresh();
    const [one, two] = [
      await person(store, 'een@gemeente.test'),
      await person(store, 'twee@gemeente.test', 'admin'),
    ];
    expect(await store.passkeys.add(aPasskey(one, 'b', noon + 1))).toBe(true);
    expect(await store.passkeys.add(aPasskey(one, 'a'))).toBe(true);
    expect(await store.passkeys.add(aPasskey(two, 'a'))).toBe(false);
    await store.passkeys.used('b', 7, noon + 5);
    expect(await store.passkeys.of(one)).toEqual([
      { ...aPasskey(one, 'a'), lastUsedAt: null },
      { ...aPasskey(one, 'b', noon + 1), counter: 7, lastUsedAt: noon + 5 },
    ]);
    expect(await store.passkeys.of(two)).toEqual([]);
    expect(await store.passkeys.find('a')).toMatchObject({ user: one });
    expect(await store.passkeys.find('c')).toBeNull();
    expect(await store.passkeys.remove(two, 'a')).toBe(false);
    expect(await store.passkeys.remove(one, 'a')).toBe(true);
    expect(await store.access.removeUser(one)).toBe('done');
    expect(await store.passkeys.find('b')).toBeNull();
  });
}
