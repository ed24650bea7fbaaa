import type { Request, Response, Router } from 'express';
import * as z from 'zod';
import { type Account, PasskeySignIn, Password } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import type { Limiter } from '../http/limiter.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Settings } from '../storage/port.ts';
import type { Access, Principal, SignedIn } from './accounts.ts';
import type { Guard } from './guard.ts';
import type { Passkeys } from './passkeys.ts';
import type { PasswordRules } from './passwords.ts';

const Credentials = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(200),
  code: z.string().max(20).optional(),
});
const Setup = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1).max(100),
  email: z.email(),
  password: Password,
});

export function accountWith({ name, role, via }: Principal, settings: Settings): Account {
  const { municipality, languages } = settings;
  return { name, role, via, municipality, languages };
}

export interface AccessRoutesOptions {
  access: Access;
  guard: Guard;
  settings: () => Settings;
  hasAccounts: () => Promise<boolean>;
  passkeys: Passkeys;
  originOf: (request: Request) => string;
  /** Refuses a password that is too easy to guess. */
  passwords: PasswordRules;
  /** The municipality's identity provider; `end` is where a browser goes to end its session there too. */
  signOn: { end(user: string, request: Request): Promise<string | null> } | null;
  /** Slows down guessing at one account from one address; null when limits are off. */
  guesses: Limiter | null;
  /** The same for one address at all accounts, and for one account from everywhere: wide, or anybody could lock it. */
  manyGuesses: Limiter | null;
  addressOf: (request: import('express').Request) => string | null;
  onSignOut: () => Promise<void>;
  demo: { email: string; password: string } | undefined;
  version: string;
}

export function accessRoutes({
  access,
  guard,
  settings,
  hasAccounts,
  guesses,
  manyGuesses,
  passkeys,
  originOf,
  passwords,
  signOn,
  addressOf,
  onSignOut,
  demo,
  version,
}: AccessRoutesOptions): Router {
  const router = apiRouter();
  const accountOf = (principal: Principal) => accountWith(principal, settings());
  const enter = (response: Response, { principal, cookies }: SignedIn) => {
    response.locals.principal = principal;
    response.append('Set-Cookie', cookies);
    sendJson(response, 201, accountOf(principal));
  };
  const slowDown = (limiter: Limiter | null, key: string) => {
    const wait = limiter?.take(key) ?? 0;
    if (wait > 0) throw new ProblemError('too-many', `Try again in ${wait} seconds.`, { retryAfter: wait });
  };

  router.get('/meta', async (request, response) => {
    const principal = await access.identify(request.headers);
    const needsSetup = !(await hasAccounts());
    sendJson(response, 200, {
      municipality: settings().municipality,
      needsSetup,
      version,
      account: principal && accountOf(principal),
      signOn: signOn !== null,
      ...(demo ? { demo } : {}),
    });
  });

  router.post('/session', guard.entrance, async (request, response) => {
    const raw = await readJson(request, limits.bodyBytes);
    const address = addressOf(request);
    if (typeof raw === 'object' && raw !== null && 'passkey' in raw) {
      if (address !== null) slowDown(manyGuesses, `address ${address}`);
      return enterByPasskey(request, response, raw);
    }
    const { email, password, code } = parse(Credentials, raw);
    const account = email.toLowerCase();
    // What is refused here may not use up what the account has for everybody.
    slowDown(guesses, `${address} ${account}`);
    if (address !== null) slowDown(manyGuesses, `address ${address}`);
    slowDown(manyGuesses, `account ${account}`);
    response.locals.tried = await access.triedAccount(account);
    const signedIn = await access.signIn({ email, password, code }, request.headers['user-agent']);
    if (signedIn === 'wrong')
      throw new ProblemError('not-signed-in', 'This e-mail address and password do not belong together.');
    if (signedIn === 'locked')
      throw new ProblemError('too-many', 'Too many wrong codes. Try again in 15 minutes.', {
        retryAfter: 900,
      });
    if (signedIn === 'code') {
      const detail = code
        ? 'This code is not right.'
        : 'This account has a second factor: send the code of the app, or a recovery code.';
      throw new ProblemError('not-signed-in', detail, {
        errors: [{ pointer: '/code', code: code ? 'unknown-value' : 'required', detail }],
      });
    }
    enter(response, signedIn);
  });

  async function enterByPasskey(request: Request, response: Response, raw: unknown) {
    const { passkey } = parse(PasskeySignIn, raw);
    const owner = await passkeys.ownerOf(passkey.id);
    response.locals.tried = owner && (await access.triedUser(owner));
    const user = await passkeys.enter(passkey, originOf(request));
    const signedIn = user && (await access.beginSession(user, null, request.headers['user-agent']));
    if (!signedIn || signedIn === 'failed')
      throw new ProblemError('not-signed-in', 'This passkey does not let anybody in here.');
    enter(response, signedIn);
  }

  router.delete('/session', guard.entrance, async (request, response) => {
    const { cookie } = request.headers;
    const principal = await access.identify({ cookie });
    if (principal) response.locals.principal = principal;
    const elsewhere = principal && signOn && (await signOn.end(principal.id, request));
    response.append('Set-Cookie', await access.signOut(cookie ?? ''));
    await onSignOut();
    if (elsewhere) sendJson(response, 200, { continueAt: elsewhere });
    else response.status(204).end();
  });

  router.post('/setup', guard.entrance, async (request, response) => {
    const { token, ...person } = parse(Setup, await readJson(request, limits.bodyBytes));
    passwords.check(person.password, [person.name, person.email, settings().municipality]);
    await access.useSetupLink(token, person);
    const signedIn = await access.signIn(person, request.headers['user-agent']);
    if (typeof signedIn === 'string')
      throw new ProblemError('internal-error', 'The account was made; sign in with it.');
    enter(response, signedIn);
  });

  return router;
}
