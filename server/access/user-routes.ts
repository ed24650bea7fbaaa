import type { Request, RequestHandler, Response, Router } from 'express';
import { NewUser, type User, UserChange } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { AccessStore, UserRecord } from '../storage/port/access.ts';
import { sessionOf } from './account-routes.ts';
import type { Access, Principal } from './accounts.ts';
import type { Links } from './links.ts';

export interface UserRoutesOptions {
  access: Access;
  store: AccessStore;
  links: Links;
  needs: RequestHandler;
  now: () => number;
  originOf: (request: Request) => string;
  onChange: () => Promise<void>;
}

/** Accounts of others: for administrators. */
export function userRoutes({
  access,
  store,
  links,
  needs,
  now,
  originOf,
  onChange,
}: UserRoutesOptions): Router {
  const router = apiRouter();
  const unknown = () => new ProblemError('not-found', 'There is no account with this id.');
  const find = async (request: Request): Promise<UserRecord> => {
    const user = (await store.users()).find(({ id }) => id === request.params.id);
    if (!user) throw unknown();
    return user;
  };
  const settle = async (result: 'done' | 'unknown' | 'last') => {
    if (result === 'unknown') throw unknown();
    if (result === 'last')
      throw new ProblemError(
        'conflict',
        'Nobody would be left who can administer. Make another administrator first.',
      );
    await onChange();
  };
  const me = (response: Response) => response.locals.principal as Principal;

  router.get('/users', needs, async (_request, response) => {
    sendJson(response, 200, { items: (await store.users()).map(userOf) });
  });

  router.post('/users', needs, async (request, response) => {
    const person = parse(NewUser, await readJson(request, limits.bodyBytes));
    if ((await store.users()).some(({ email }) => email === person.email)) {
      const detail = 'There is an account with this address.';
      throw new ProblemError('conflict', detail, {
        errors: [{ pointer: '/email', code: 'unknown-value', detail }],
      });
    }
    const id = await access.addAccount(person);
    response.locals.object = id;
    const { link } = await links.send({ id, ...person }, 'invitation', originOf(request));
    const user = (await store.users()).find((one) => one.id === id)!;
    sendJson(response, 201, { user: userOf(user), link });
  });

  router.patch('/users/:id', needs, async (request, response) => {
    const user = await find(request);
    const { disabled, ...change } = parse(UserChange, await readJson(request, limits.bodyBytes));
    if (disabled && user.id === me(response).id)
      throw new ProblemError('conflict', 'You cannot disable your own account.');
    // A role that cannot be limited has no limits any more.
    const merged = { role: user.role, reach: user.reach, ...change };
    const reach = merged.role === 'admin' || merged.role === 'privacy' ? null : merged.reach;
    await settle(
      await store.changeUser(user.id, {
        ...change,
        reach,
        ...(disabled === undefined ? {} : { disabledAt: disabled ? now() : null }),
      }),
    );
    sendJson(response, 200, userOf(await find(request)));
  });

  router.delete('/users/:id', needs, async (request, response) => {
    const user = await find(request);
    if (user.id === me(response).id)
      throw new ProblemError('conflict', 'You cannot delete your own account.');
    await settle(await store.removeUser(user.id));
    response.status(204).end();
  });

  router.post('/users/:id/links', needs, async (request, response) => {
    const user = await find(request);
    const purpose = user.hasPassword ? 'reset' : 'invitation';
    sendJson(response, 201, await links.send(user, purpose, originOf(request)));
  });

  router.delete('/users/:id/second-factor', needs, async (request, response) => {
    const user = await find(request);
    await access.removeSecondFactor(user.id);
    response.status(204).end();
  });

  router.get('/users/:id/sessions', needs, async (request, response) => {
    const user = await find(request);
    const items = (await store.sessions(user.id, now())).map((one) => sessionOf(one, me(response).session));
    sendJson(response, 200, { items });
  });

  router.delete('/users/:id/sessions', needs, async (request, response) => {
    await store.endSessions((await find(request)).id, {});
    await onChange();
    response.status(204).end();
  });

  return router;
}

const userOf = ({ hasPassword, disabledAt, lastSeenAt, createdAt, ...user }: UserRecord): User => ({
  ...user,
  status: disabledAt !== null ? 'disabled' : hasPassword || user.signOn ? 'active' : 'invited',
  lastSeenAt: lastSeenAt === null ? null : new Date(lastSeenAt).toISOString(),
  createdAt: new Date(createdAt).toISOString(),
});
