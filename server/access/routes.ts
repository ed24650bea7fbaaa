import type { Router } from 'express';
import * as z from 'zod';
import type { Account } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import type { Limiter } from '../http/limiter.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Settings } from '../storage/port.ts';
import type { Access, Principal } from './accounts.ts';
import type { Guard } from './guard.ts';

const Credentials = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(200),
});
const Setup = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1).max(100),
  email: z.email(),
  password: z.string().min(12).max(200),
});

export interface AccessRoutesOptions {
  access: Access;
  guard: Guard;
  settings: () => Settings;
  hasAccounts: () => Promise<boolean>;
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
  addressOf,
  onSignOut,
  demo,
  version,
}: AccessRoutesOptions): Router {
  const router = apiRouter();
  const accountOf = ({ name, role }: Principal): Account => {
    const { municipality, languages } = settings();
    return { name, role, municipality, languages };
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
      ...(demo ? { demo } : {}),
    });
  });

  router.post('/session', guard.entrance, async (request, response) => {
    const { email, password } = parse(Credentials, await readJson(request, limits.bodyBytes));
    const account = email.toLowerCase();
    const address = addressOf(request);
    // What is refused here may not use up what the account has for everybody.
    slowDown(guesses, `${address} ${account}`);
    if (address !== null) slowDown(manyGuesses, `address ${address}`);
    slowDown(manyGuesses, `account ${account}`);
    response.locals.tried = await access.triedAccount(account);
    const signedIn = await access.signIn(email, password);
    if (!signedIn)
      throw new ProblemError('not-signed-in', 'This e-mail address and password do not belong together.');
    response.locals.principal = signedIn.principal;
    response.setHeader('Set-Cookie', signedIn.cookies);
    sendJson(response, 201, accountOf(signedIn.principal));
  });

  router.delete('/session', guard.entrance, async (request, response) => {
    response.locals.principal = (await access.identify({ cookie: request.headers.cookie })) ?? undefined;
    response.setHeader('Set-Cookie', await access.signOut(request.headers.cookie ?? ''));
    await onSignOut();
    response.status(204).end();
  });

  router.get('/account', guard.signedIn, (_request, response) => {
    sendJson(response, 200, accountOf(response.locals.principal as Principal));
  });

  router.post('/setup', guard.entrance, async (request, response) => {
    const { token, ...person } = parse(Setup, await readJson(request, limits.bodyBytes));
    await access.useSetupLink(token, person);
    const signedIn = await access.signIn(person.email, person.password);
    if (!signedIn) throw new ProblemError('internal-error', 'The account was made; sign in with it.');
    response.locals.principal = signedIn.principal;
    response.setHeader('Set-Cookie', signedIn.cookies);
    sendJson(response, 201, accountOf(signedIn.principal));
  });

  return router;
}
