import type { Request, Router } from 'express';
import { NewPasskey, type Passkey, Proof } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { AccessStore } from '../storage/port/access.ts';
import type { PasskeyRecord, PasskeyStore } from '../storage/port/passkeys.ts';
import type { Access } from './accounts.ts';
import type { Guard } from './guard.ts';
import { mostPasskeys, type Passkeys } from './passkeys.ts';
import { me, proofBy } from './proof.ts';

export interface PasskeyRoutesOptions {
  access: Access;
  guard: Guard;
  passkeys: Passkeys;
  store: PasskeyStore;
  users: () => ReturnType<AccessStore['users']>;
  originOf: (request: Request) => string;
  slowDown: (key: string) => void;
  /** The same, for one address. */
  slowDownHere: (request: Request, key: string) => void;
}

const view = ({ id, name, createdAt, lastUsedAt }: PasskeyRecord): Passkey => ({
  ...{ id, name, createdAt: new Date(createdAt).toISOString() },
  lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
});

/** The passkeys of one's own account, and the question that signing in with one begins with. */
export function passkeyRoutes(options: PasskeyRoutesOptions): Router {
  const { access, guard, passkeys, store, users, originOf, slowDown, slowDownHere } = options;
  const router = apiRouter();
  const prove = proofBy(access, slowDown);

  router.post('/passkey-requests', guard.entrance, async (request, response) => {
    slowDownHere(request, 'passkey');
    sendJson(response, 201, await passkeys.request(originOf(request)));
  });

  router.get('/account/passkeys', guard.ownSession, async (_request, response) => {
    sendJson(response, 200, { items: (await store.of(me(response).id)).map(view) });
  });

  router.post('/account/passkey-requests', guard.ownSession, async (request, response) => {
    const { password } = parse(Proof, await readJson(request, limits.bodyBytes));
    await prove(response, password, '/password');
    if ((await store.of(me(response).id)).length >= mostPasskeys)
      throw new ProblemError('conflict', `An account has at most ${mostPasskeys} passkeys.`);
    const user = (await users()).find(({ id }) => id === me(response).id);
    if (!user) throw new ProblemError('not-found', 'There is no such account any more.');
    sendJson(response, 201, await passkeys.creation(user, originOf(request)));
  });

  router.post('/account/passkeys', guard.ownSession, async (request, response) => {
    const { name, passkey } = parse(NewPasskey, await readJson(request, limits.bodyBytes));
    const added = await passkeys.add(me(response).id, name, passkey, originOf(request));
    if (!added) {
      const detail = 'This is no answer to a question of the last five minutes, or it is known already.';
      throw new ProblemError('invalid-input', detail, {
        errors: [{ pointer: '/passkey', code: 'unknown-value', detail }],
      });
    }
    response.locals.object = added.id.slice(0, 100);
    sendJson(response, 201, view(added));
  });

  router.delete('/account/passkeys/:id', guard.ownSession, async (request, response) => {
    if (!(await store.remove(me(response).id, String(request.params.id))))
      throw new ProblemError('not-found', 'You have no such passkey.');
    response.status(204).end();
  });

  return router;
}
