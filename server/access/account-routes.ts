import type { Router } from 'express';
import * as z from 'zod';
import {
  Password,
  Proof,
  type SecondFactor,
  SecondFactorChange,
  type StaffSession,
} from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { AccessStore, SessionRecord } from '../storage/port/access.ts';
import type { Settings } from '../storage/port.ts';
import type { Access } from './accounts.ts';
import type { Guard } from './guard.ts';
import type { PasswordRules } from './passwords.ts';
import { me, proofBy } from './proof.ts';
import { accountWith } from './routes.ts';

const PasswordChange = z.strictObject({ current: z.string().max(200), password: Password });

export interface AccountRoutesOptions {
  access: Access;
  store: AccessStore;
  guard: Guard;
  passwords: PasswordRules;
  settings: () => Settings;
  now: () => number;
  /** Slows down guessing the password in a session that somebody left open. */
  slowDown: (key: string) => void;
  /** Sessions ended: sockets of them close. */
  onChange: () => Promise<void>;
}

/** What people see and change of their own account. */
export function accountRoutes(options: AccountRoutesOptions): Router {
  const { access, store, guard, passwords, settings, now, slowDown, onChange } = options;
  const router = apiRouter();
  const prove = proofBy(access, slowDown);

  router.get('/account', guard.signedIn, (_request, response) => {
    sendJson(response, 200, accountWith(me(response), settings()));
  });

  router.put('/account/password', guard.ownSession, async (request, response) => {
    const { current, password } = parse(PasswordChange, await readJson(request, limits.bodyBytes));
    await prove(response, current, '/current');
    const { id, session, name } = me(response);
    const email = (await store.users()).find((user) => user.id === id)?.email ?? '';
    passwords.check(password, [name, email, settings().municipality]);
    await access.setPassword(id, password);
    await store.endSessions(id, { except: session });
    await onChange();
    response.status(204).end();
  });

  router.get('/account/sessions', guard.ownSession, async (_request, response) => {
    const { id, session } = me(response);
    const items = (await store.sessions(id, now())).map((one) => sessionOf(one, session));
    sendJson(response, 200, { items });
  });

  router.delete('/account/sessions/:id', guard.ownSession, async (request, response) => {
    const ended = await store.endSessions(me(response).id, { only: String(request.params.id) });
    if (ended === 0) throw new ProblemError('not-found', 'You have no such session.');
    await onChange();
    response.status(204).end();
  });

  router.get('/account/second-factor', guard.ownSession, async (_request, response) => {
    const user = (await store.users()).find(({ id }) => id === me(response).id);
    sendJson(response, 200, { active: user?.secondFactor ?? false, hasPassword: user?.hasPassword ?? false });
  });

  router.post('/account/second-factor', guard.ownSession, async (request, response) => {
    const { password } = parse(Proof, await readJson(request, limits.bodyBytes));
    await prove(response, password, '/password');
    const library = await access.library();
    const headers = new Headers({ cookie: request.headers.cookie ?? '' });
    const made = await library.api
      .enableTwoFactor({ headers, body: { password, method: 'totp' } })
      .catch(() => null);
    if (made?.method !== 'totp') throw new ProblemError('conflict', 'This account has a second factor.');
    const { totpURI: uri, backupCodes: recoveryCodes } = made;
    const secret = new URL(uri).searchParams.get('secret') ?? '';
    const { default: QRCode } = await import('qrcode');
    const svg = await QRCode.toString(uri, { type: 'svg', margin: 1 });
    const factor: SecondFactor = {
      ...{ uri, secret, recoveryCodes },
      qr: `data:image/svg+xml,${encodeURIComponent(svg)}`,
    };
    sendJson(response, 201, factor);
  });

  router.put('/account/second-factor', guard.ownSession, async (request, response) => {
    const change = parse(SecondFactorChange, await readJson(request, limits.bodyBytes));
    const library = await access.library();
    const headers = new Headers({ cookie: request.headers.cookie ?? '' });
    slowDown(`code ${me(response).id}`);
    if (!change.active) await prove(response, change.password, '/password');
    const done = change.active
      ? await library.api.verifyTOTP({
          ...{ headers, asResponse: true },
          body: { code: change.code.replaceAll(' ', '') },
        })
      : await library.api.disableTwoFactor({
          ...{ headers, asResponse: true },
          body: { password: change.password },
        });
    if (!done.ok) {
      const detail = 'This code is not right. Look whether the clock of your phone is.';
      throw new ProblemError('invalid-input', detail, {
        errors: [{ pointer: '/code', code: 'unknown-value', detail }],
      });
    }
    // The library gives a new session with it, and the old one ends.
    response.append('Set-Cookie', done.headers.getSetCookie());
    await onChange();
    response.status(204).end();
  });

  router.post('/account/recovery-codes', guard.ownSession, async (request, response) => {
    const { password } = parse(Proof, await readJson(request, limits.bodyBytes));
    await prove(response, password, '/password');
    const library = await access.library();
    const headers = new Headers({ cookie: request.headers.cookie ?? '' });
    const made = await library.api.generateBackupCodes({ headers, body: { password } }).catch(() => null);
    if (!made) throw new ProblemError('conflict', 'This account has no second factor.');
    sendJson(response, 201, { recoveryCodes: made.backupCodes });
  });

  return router;
}

export const sessionOf = (record: SessionRecord, current: string | null): StaffSession => ({
  id: record.id,
  createdAt: new Date(record.createdAt).toISOString(),
  lastSeenAt: new Date(record.lastSeenAt).toISOString(),
  expiresAt: new Date(record.expiresAt).toISOString(),
  browser: record.browser,
  current: record.id === current,
});
