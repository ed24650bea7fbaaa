import { afterAll, beforeAll, expect, test } from 'vitest';
import type { User } from '#shared/contract/access.ts';
import type { AuditPage } from '#shared/contract/audit.ts';
import { IdentityProvider, Traveller } from '../support/identity-provider.ts';
import { startPrepared } from '../support/prepared.ts';
import type { Program } from '../support/program.ts';
import { get, send } from '../support/ratings.ts';

const client = { id: 'klantpuls', secret: 'a secret of the client, long enough' };
const admin = { email: 'beheer@gemeente.example', password: 'een lang wachtwoord 1' };
let provider: IdentityProvider;
let program: Program;
let tokens: Record<'admin', string>;

beforeAll(async () => {
  provider = await IdentityProvider.start();
  ({ program, tokens } = await startPrepared({
    environment: {
      ...{ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password },
      ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
      OIDC_ROLES: 'kp-beheer=admin, kp-team=manager,kp=viewer',
    },
    tokens: { admin: 'admin' },
  }));
  provider.register(program.url, client);
});
afterAll(async () => {
  await program.stop();
  await provider.stop();
});

const comeIn = async (claims: Record<string, unknown>, traveller = new Traveller(), sub = 'sub-1') => {
  provider.person = { sub, claims: { name: 'Ali Yılmaz', email: 'ali@gemeente.example', ...claims } };
  const { url } = await traveller.go(`${program.url}/api/v1/sign-on`);
  const cookie = traveller.cookiesFor(program.url);
  const { body } = await send('GET', `${program.url}/api/v1/account`, undefined, { cookie });
  return { url, cookie, account: body, traveller };
};
const users = async () => (await get<{ items: User[] }>(program.url, '/users', tokens.admin)).body.items;

test('AC12: whoever the provider lets in has an account with the role of the claim, and a session', async () => {
  expect((await get(program.url, '/meta')).body).toMatchObject({ signOn: true });
  const { url, account, traveller } = await comeIn({ roles: ['iets', 'kp', 'kp-team'] });
  expect(url).toBe(`${program.url}/`);
  expect(account).toMatchObject({ name: 'Ali Yılmaz', role: 'manager' });
  const asked = new URL(traveller.trail.find((one) => one.includes('code_challenge'))!).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce']) expect(asked.get(name)!.length).toBeGreaterThan(20);
  const found = (await users()).find(({ email }) => email === 'ali@gemeente.example');
  expect(found).toMatchObject({ role: 'manager', signOn: true, status: 'active' });
  const log = (await get<AuditPage>(program.url, '/audit-events?q=sign-on', tokens.admin)).body.items;
  expect(log[0]).toMatchObject({ actor: { name: 'Ali Yılmaz' }, route: '/api/v1/sign-on/callback' });
});

test('AC12: a role that changed there is changed here at the next sign-in; without one nobody comes in', async () => {
  const before = await comeIn({ roles: 'kp' });
  expect(before.account).toMatchObject({ role: 'viewer' });
  const after = await comeIn({ roles: ['kp-beheer', 'kp'] });
  expect(after.account).toMatchObject({ role: 'admin' });
  const { url, account } = await comeIn({ roles: ['iets anders'] });
  expect(url).toBe(`${program.url}/?aanmelden=no-role`);
  expect(account).toMatchObject({ status: 401 });
  const still = await send('GET', `${program.url}/api/v1/account`, undefined, { cookie: after.cookie });
  expect(still.status).toBe(401);
  expect((await users()).filter(({ email }) => email === 'ali@gemeente.example')).toHaveLength(1);
});

test('AC12: signing out here ends the session at the provider too', async () => {
  const { cookie, traveller } = await comeIn({ roles: 'kp' });
  expect(traveller.cookiesFor(provider.issuer)).toContain('_session=');
  const out = await send('DELETE', `${program.url}/api/v1/session`, undefined, { cookie });
  expect(out.status).toBe(200);
  const there = new URL(String(out.body.continueAt));
  expect([there.origin, there.searchParams.get('post_logout_redirect_uri')]).toEqual([
    provider.issuer,
    `${program.url}/`,
  ]);
  expect((await send('GET', `${program.url}/api/v1/account`, undefined, { cookie })).status).toBe(401);
  const { response } = await traveller.go(there.href);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await response.text())![1]!;
  const { url } = await traveller.go(`${provider.issuer}/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  });
  expect(url).toBe(`${program.url}/`);
  expect(traveller.cookiesFor(provider.issuer)).not.toMatch(/_session=[^;]+/);
});

test('AC12: an account of the same address is taken over only when the provider vouches for the address', async () => {
  const other = { name: 'Beheer', email: admin.email, roles: 'kp' };
  const refused = await comeIn({ ...other, email_verified: false }, new Traveller(), 'sub-2');
  expect(refused.url).toBe(`${program.url}/?aanmelden=no-email`);
  const linked = await comeIn(
    { ...other, roles: 'kp-beheer', email_verified: true },
    new Traveller(),
    'sub-2',
  );
  expect(linked.account).toMatchObject({ role: 'admin' });
  expect((await users()).filter(({ email }) => email === admin.email)).toHaveLength(1);
});

test('AC12: an account that is disabled here does not come in', async () => {
  const id = (await users()).find(({ email }) => email === 'ali@gemeente.example')!.id;
  const change = (disabled: boolean) =>
    send(
      'PATCH',
      `${program.url}/api/v1/users/${id}`,
      { disabled },
      { authorization: `Bearer ${tokens.admin}` },
    );
  await change(true);
  expect((await comeIn({ roles: 'kp' })).url).toBe(`${program.url}/?aanmelden=disabled`);
  await change(false);
  expect((await comeIn({ roles: 'kp' })).account).toMatchObject({ role: 'viewer' });
});

test('AC12: a way back that did not begin in this browser, was used, or was changed, lets nobody in', async () => {
  const { traveller } = await comeIn({ roles: 'kp' });
  const back = traveller.trail.find((one) => one.includes('/sign-on/callback'))!;
  const stranger = await new Traveller().go(back);
  expect(stranger.url).toBe(`${program.url}/?aanmelden=failed`);
  const again = await traveller.go(back);
  expect(again.url).toBe(`${program.url}/?aanmelden=failed`);
  const forged = await fetch(back, { redirect: 'manual', headers: { cookie: 'klantpuls.sign-on=e30.x' } });
  expect(forged.headers.get('location')).toBe('/?aanmelden=failed');
});
