import type { RequestHandler, Response, Router } from 'express';
import * as z from 'zod';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { isCleanText } from '#shared/contract/rating.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { reachOf } from '../http/reach.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import { reaches } from '../storage/reach.ts';
import type { References } from '../storage/reference.ts';

const Voiding = z.strictObject({ reason: z.string().trim().min(1).max(500).refine(isCleanText) });

export interface VoidRoutesOptions {
  store: Pick<Store, 'voids' | 'settings'>;
  references: References;
  now: () => number;
  nameOf: (response: Response) => string;
  mayVoid: RequestHandler;
}

/** Taking a rating out of the figures, and putting it back. */
export function voidRoutes({ store, references, now, nameOf, mayVoid }: VoidRoutesOptions): Router {
  const router = apiRouter();
  const unknown = () => new ProblemError('not-found', 'There is no rating with this reference.');
  /** What lies outside the reach of an account does not exist for it. */
  const numberOf = async (reference: string, response: Response): Promise<number> => {
    const number = references.numberOf(reference);
    const placement = number === null ? null : await store.voids.placementOf(number);
    const { placements, touchpoints } = store.settings();
    const place = placements.find(({ id }) => id === placement);
    const channel = touchpoints.find(({ key }) => key === place?.touchpoint)?.channel;
    if (number === null || !place || channel === undefined) throw unknown();
    if (!reaches(reachOf(response), { channel, location: place.location })) throw unknown();
    return number;
  };

  router
    .route('/ratings/:reference/void')
    .get(mayVoid, async (request, response) => {
      const found = await store.voids.find(await numberOf(request.params.reference!, response));
      if (!found) throw new ProblemError('not-found', 'This rating is not voided.');
      sendJson(response, 200, { ...found, at: new Date(found.at).toISOString() });
    })
    .post(mayVoid, async (request, response) => {
      const reference = request.params.reference!;
      const number = await numberOf(reference, response);
      const { reason } = parse(Voiding, await readJson(request, limits.bodyBytes));
      const outcome = await store.voids.set(number, { reason, by: nameOf(response), at: now() });
      if (outcome === 'unknown') throw unknown();
      sendJson(response, 200, { reference, voided: true });
    })
    .delete(mayVoid, async (request, response) => {
      const reference = request.params.reference!;
      if ((await store.voids.set(await numberOf(reference, response), null)) === 'unknown') throw unknown();
      sendJson(response, 200, { reference, voided: false });
    });

  return router;
}
