import type { RequestHandler, Response, Router } from 'express';
import * as z from 'zod';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { isCleanText } from '#shared/contract/rating.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';

const Voiding = z.strictObject({ reason: z.string().trim().min(1).max(500).refine(isCleanText) });

export interface VoidRoutesOptions {
  store: Pick<Store, 'voids'>;
  references: References;
  now: () => number;
  nameOf: (response: Response) => string;
  mayVoid: RequestHandler;
}

/** Taking a rating out of the figures, and putting it back. */
export function voidRoutes({ store, references, now, nameOf, mayVoid }: VoidRoutesOptions): Router {
  const router = apiRouter();
  const unknown = () => new ProblemError('not-found', 'There is no rating with this reference.');
  const numberOf = (reference: string): number => {
    const number = references.numberOf(reference);
    if (number === null) throw unknown();
    return number;
  };

  router
    .route('/ratings/:reference/void')
    .get(mayVoid, async (request, response) => {
      const found = await store.voids.find(numberOf(request.params.reference!));
      if (!found) throw new ProblemError('not-found', 'This rating is not voided.');
      sendJson(response, 200, { ...found, at: new Date(found.at).toISOString() });
    })
    .post(mayVoid, async (request, response) => {
      const reference = request.params.reference!;
      const number = numberOf(reference);
      const { reason } = parse(Voiding, await readJson(request, limits.bodyBytes));
      const outcome = await store.voids.set(number, { reason, by: nameOf(response), at: now() });
      if (outcome === 'unknown') throw unknown();
      sendJson(response, 200, { reference, voided: true });
    })
    .delete(mayVoid, async (request, response) => {
      const reference = request.params.reference!;
      if ((await store.voids.set(numberOf(reference), null)) === 'unknown') throw unknown();
      sendJson(response, 200, { reference, voided: false });
    });

  return router;
}
