import type { Request, Router } from 'express';
import type * as z from 'zod';
import { type FieldError, ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { CallOffer, CallRating } from '#shared/contract/telephony.ts';
import { readForm, readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';
import { idOfCall } from './call-id.ts';
import type { TelephonyOptions } from './routes.ts';

async function readMessage(request: Request): Promise<unknown> {
  if (!request.is('application/x-www-form-urlencoded')) return readJson(request, limits.bodyBytes);
  return readForm(request, limits.bodyBytes);
}

/** For any telephone exchange that can send a message: one request per call, with the line's own token. */
export function plainRoutes(options: TelephonyOptions): Router {
  const { secret, ingest, scopeOf, store, now } = options;
  const router = apiRouter();

  async function messageFor<Schema extends z.ZodType<{ touchpoint: string }>>(
    schema: Schema,
    request: Request,
  ): Promise<z.infer<Schema>> {
    const scope = await scopeOf(request);
    const message = parse(schema, await readMessage(request));
    if (scope !== `telephony:${message.touchpoint}`)
      throw new ProblemError('not-allowed', `This token is not for the line ${message.touchpoint}.`);
    return message;
  }

  router.post('/telephony/ratings', async (request, response) => {
    const { callId, touchpoint, language, grade, occurredAt } = await messageFor(CallRating, request);
    const id = idOfCall(secret, touchpoint, callId);
    const sender = { touchpoint };
    const rating = {
      ...{ id, touchpoint, grade },
      ...(language ? { language } : {}),
      ...(occurredAt ? { givenAt: occurredAt } : {}),
    };
    let status = 200;
    const accepted = await ingest.one(rating, sender).then(
      (first) => {
        if (first.status === 'accepted') status = 201;
        return first;
      },
      (error) => {
        if (!(error instanceof ProblemError) || error.code !== 'conflict') throw error;
        // The caller corrected the grade: the last answer in the call wins.
        return ingest.add(id, { grade }, sender);
      },
    );
    const at = occurredAt ? Date.parse(occurredAt) : now();
    // What was received long ago was counted then; the calls of then are forgotten.
    if (now() - Date.parse(accepted.receivedAt) < 86_400_000)
      await store.keepRating({ call: id, touchpoint, counts: true, at }, { grade });
    sendJson(response, status, accepted);
  });

  router.post('/telephony/offers', async (request, response) => {
    const { callId, touchpoint, occurredAt } = await messageFor(CallOffer, request);
    const at = occurredAt ? Date.parse(occurredAt) : now();
    const wrong: FieldError | null =
      at < limits.earliest
        ? { pointer: '/occurredAt', code: 'too-old', detail: 'Before 2000.' }
        : at > now() + limits.ahead
          ? { pointer: '/occurredAt', code: 'in-the-future', detail: 'More than 24 hours ahead.' }
          : null;
    if (wrong) throw new ProblemError('invalid-input', wrong.detail, { errors: [wrong] });
    const call = idOfCall(secret, touchpoint, callId);
    const fresh = await store.keepOffer({ call, touchpoint, counts: true, at });
    sendJson(response, fresh ? 201 : 200, { touchpoint, status: fresh ? 'accepted' : 'duplicate' });
  });
  return router;
}
