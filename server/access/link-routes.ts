import type { Request, Router } from 'express';
import * as z from 'zod';
import { Password } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { AccessStore } from '../storage/port/access.ts';
import { type Access, hashOf } from './accounts.ts';
import type { Guard } from './guard.ts';
import type { Links } from './links.ts';
import type { PasswordRules } from './passwords.ts';

const Opening = z.strictObject({ token: z.string().min(1).max(200) });
const Choice = z.strictObject({ token: z.string().min(1).max(200), password: Password });
const Reset = z.strictObject({ email: z.string().min(1).max(320) });

export interface LinkRoutesOptions {
  access: Access;
  store: AccessStore;
  guard: Guard;
  links: Links;
  passwords: PasswordRules;
  now: () => number;
  municipality: () => string;
  originOf: (request: Request) => string;
  slowDown: (request: Request, key: string) => void;
  onChange: () => Promise<void>;
  log: (error: unknown) => void;
}

/** For who has no password (any more): opening a link, choosing one, and asking for a link by mail. */
export function linkRoutes(options: LinkRoutesOptions): Router {
  const { access, store, guard, links, passwords, now, municipality, originOf, slowDown, onChange, log } =
    options;
  const router = apiRouter();
  const gone = () => new ProblemError('not-found', 'This link was used or has expired. Ask for a new one.');
  const userOf = async (id: string) => {
    const user = (await store.users()).find((one) => one.id === id);
    if (!user || user.disabledAt !== null) throw gone();
    return user;
  };

  router.post('/link-openings', guard.entrance, async (request, response) => {
    const { token } = parse(Opening, await readJson(request, limits.bodyBytes));
    const found = await store.findLink(hashOf(token), now());
    if (!found) throw gone();
    const { name, email } = await userOf(found.user);
    sendJson(response, 200, { name, email, purpose: found.purpose });
  });

  router.post('/passwords', guard.entrance, async (request, response) => {
    const { token, password } = parse(Choice, await readJson(request, limits.bodyBytes));
    const found = await store.findLink(hashOf(token), now());
    if (!found) throw gone();
    const { id, name, email } = await userOf(found.user);
    passwords.check(password, [name, email, municipality()]);
    if (!(await store.takeLink(hashOf(token), now()))) throw gone();
    response.locals.tried = { kind: 'account', actor: id, name, session: null };
    await access.setPassword(id, password);
    // Whoever was in with the old password is out.
    await store.endSessions(id, {});
    await onChange();
    response.status(204).end();
  });

  router.post('/password-resets', guard.entrance, async (request, response) => {
    const { email } = parse(Reset, await readJson(request, limits.bodyBytes));
    const account = email.toLowerCase();
    slowDown(request, `reset ${account}`);
    const user = (await store.users()).find((one) => one.email === account && one.disabledAt === null);
    if (user) response.locals.tried = { kind: 'nobody', actor: user.id, name: user.name, session: null };
    // The answer is the same, and as fast, whether there is such an account or not.
    if (user && links.canMail) links.send(user, 'reset', originOf(request)).catch(log);
    response.status(202).end();
  });

  return router;
}
