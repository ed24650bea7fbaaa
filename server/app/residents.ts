import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Request, Router } from 'express';
import type { RatingAccepted } from '#shared/contract/rating.ts';
import type { Links } from '../channels/invitations/links.ts';
import { changeWindow, invitationPages } from '../channels/invitations/pages.ts';
import { residentPages } from '../channels/web/pages.ts';
import { qrPages } from '../channels/web/qr.ts';
import { webChannel } from '../channels/web/router.ts';
import type { Limit } from '../http/limiter.ts';
import { asProblemError } from '../http/respond.ts';
import { type Ingest, vouched } from '../ingest/accept-ratings.ts';
import type { FormTokens } from '../ingest/form-token.ts';
import type { Origins } from '../ingest/origins.ts';
import { formOf } from '../settings/form.ts';
import type { Store } from '../storage/port.ts';

export interface ResidentOptions {
  store: Store;
  ingest: Ingest;
  origins: Origins;
  limit: Limit;
  formTokens: FormTokens;
  logError: (error: unknown) => void;
  links: Links;
  originOf: (request: Request) => string;
  now: () => number;
}

const built = join(import.meta.dirname, '../../client/dist/widget.json');
const pinnedWidget = () => (existsSync(built) ? JSON.parse(readFileSync(built, 'utf8')) : null);

/** The pages that residents see without JavaScript. */
export function residents({
  store,
  ingest,
  origins,
  limit,
  formTokens,
  logError,
  links,
  originOf,
  now,
}: ResidentOptions): Router {
  const attempt = async (work: Promise<RatingAccepted>) =>
    work.then(
      ({ comment, status }) => ({
        ok: true as const,
        again: status === 'duplicate',
        ...(comment === undefined ? {} : { comment }),
      }),
      (error) => {
        const known = asProblemError(error);
        if (known.problem.status >= 500) logError(error);
        return { ok: false as const, problem: known.problem, retryAfter: known.retryAfter };
      },
    );
  /** From a page of our own only, and not too often; more often when a form was filled in for it. */
  const checked = async (request: Request, input: unknown) => {
    origins.checkOwn(request);
    limit(request, 1);
    if (formTokens.vouchesFor(input)) limit(request, vouched, 1);
    // A field that no person sees: who fills it in counts, with a mark.
    return { suspect: Boolean(request.body?.website) };
  };
  const texts = {
    formOf: (touchpoint: string, language: string) => formOf(store.settings(), touchpoint, language),
    settings: () => store.settings(),
    municipality: () => store.settings().municipality,
  };
  const pages = residentPages(texts);
  const router = Router();
  router.use(qrPages({ formOf: texts.formOf, originOf }));
  /** The link is the token of its touchpoint: no page elsewhere knows it, so where it is sent from does not matter. */
  const senderOf = (touchpoint: string) => ({ touchpoint, window: changeWindow });
  const telling = async (work: Promise<RatingAccepted>, received: (at: number) => Promise<void>) => {
    const accepted = await work;
    await received(Date.parse(accepted.receivedAt));
    return accepted;
  };
  router.use(
    invitationPages({
      ...{ store: store.invitations, links, pages, now },
      accept: (request, input, touchpoint, received) =>
        attempt(
          (async () => {
            limit(request, 1);
            return telling(ingest.one(input, senderOf(touchpoint)), received);
          })(),
        ),
      amend: (id, addition, touchpoint, received) =>
        attempt(telling(ingest.add(id, addition, senderOf(touchpoint)), received)),
    }),
  );
  router.use(
    webChannel({
      ...texts,
      pages,
      accept: (input, request) =>
        attempt(checked(request, input).then((sender) => ingest.one(input, sender))),
      pinnedWidget,
      formToken: (touchpoint, id) => formTokens.make(touchpoint, id),
      amend: (id, addition) => attempt(ingest.add(id, addition, {})),
    }),
  );
  return router;
}
