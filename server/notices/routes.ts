import type { RequestHandler, Response, Router } from 'express';
import { may, type Reach, type Role } from '#shared/contract/access.ts';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { DigestQuery, MailWishes } from '#shared/contract/mail-wishes.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { MailWishStore } from '../storage/port/mail-wishes.ts';
import type { Notifier } from './notifier.ts';

export interface NoticeRoutesOptions {
  store: MailWishStore;
  notifier: Pick<Notifier, 'digest'>;
  canMail: boolean;
  ownSession: RequestHandler;
}

/** What people ask to get by e-mail, and what it will look like. */
export function noticeRoutes({ store, notifier, canMail, ownSession }: NoticeRoutesOptions): Router {
  const router = apiRouter();
  const me = (response: Response) => {
    const principal = response.locals.principal as { id: string; role: Role; reach: Reach | null };
    if (!may(principal.role, 'figures'))
      throw new ProblemError('not-allowed', `The role ${principal.role} sees no figures.`);
    return principal;
  };
  const wishesOf = async (response: Response) => ({
    ...(await store.of(me(response).id)),
    possible: canMail,
  });

  router.get('/account/mail-wishes', ownSession, async (_request, response) => {
    sendJson(response, 200, await wishesOf(response));
  });
  router.put('/account/mail-wishes', ownSession, async (request, response) => {
    await store.set(me(response).id, parse(MailWishes, await readJson(request, limits.bodyBytes)));
    sendJson(response, 200, await wishesOf(response));
  });
  router.get('/account/digest', ownSession, async (request, response) => {
    const { language } = parse(DigestQuery, request.query);
    sendJson(response, 200, await notifier.digest(me(response), language));
  });
  return router;
}
