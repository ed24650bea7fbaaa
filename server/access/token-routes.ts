import { randomBytes } from 'node:crypto';
import type { RequestHandler, Router } from 'express';
import { NewToken, type Token } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { AccessStore } from '../storage/port/access.ts';
import { hashOf } from './accounts.ts';

export interface TokenRoutesOptions {
  store: AccessStore;
  needs: RequestHandler;
  now: () => number;
  /** Keys of the touchpoints that a line can have. */
  touchpoints: () => string[];
}

export function tokenRoutes({ store, needs, now, touchpoints }: TokenRoutesOptions): Router {
  const router = apiRouter();
  const tokens = async () => (await store.tokens()).map(tokenOf);

  router.get('/tokens', needs, async (_request, response) => {
    sendJson(response, 200, { items: await tokens() });
  });

  router.post('/tokens', needs, async (request, response) => {
    const { days, ...wanted } = parse(NewToken, await readJson(request, limits.bodyBytes));
    const line = /^telephony:(.+)$/.exec(wanted.scope ?? '')?.[1];
    if (line !== undefined && !touchpoints().includes(line)) {
      const detail = `There is no touchpoint ${line}.`;
      throw new ProblemError('invalid-input', detail, {
        errors: [{ pointer: '/scope', code: 'unknown-value', detail }],
      });
    }
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = days === null ? null : now() + days * 86_400_000;
    const id = await store.addToken({ ...wanted, hash: hashOf(secret), expiresAt, now: now() });
    response.locals.object = String(id);
    const made = (await tokens()).find((token) => token.id === id)!;
    sendJson(response, 201, { ...made, token: secret });
  });

  router.delete('/tokens/:id', needs, async (request, response) => {
    const id = String(request.params.id);
    if (!/^\d{1,15}$/.test(id) || !(await store.revokeToken(Number(id), now())))
      throw new ProblemError('not-found', 'There is no token with this id that could be revoked.');
    response.status(204).end();
  });

  return router;
}

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
function tokenOf({
  createdAt,
  expiresAt,
  revokedAt,
  ...token
}: Awaited<ReturnType<AccessStore['tokens']>>[number]): Token {
  return {
    ...token,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: instant(expiresAt),
    revokedAt: instant(revokedAt),
  };
}
