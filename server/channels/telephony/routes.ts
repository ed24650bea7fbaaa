import { createHmac } from 'node:crypto';
import type { Request, Router } from 'express';
import * as z from 'zod';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { RatingAccepted } from '#shared/contract/rating.ts';
import { Grade, Instant, Key } from '#shared/contract/rating.ts';
import { readBody, readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';

/** One call on a line. From a form every value is text, so a grade may come as one. */
const Call = z.strictObject({
  callId: z.string().min(1).max(200),
  touchpoint: Key,
  language: Key.optional(),
  grade: z
    .union([
      z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number),
      z.number(),
    ])
    .pipe(Grade),
  status: z.string().max(50).optional(),
  occurredAt: Instant.optional(),
});

export interface TelephonyOptions {
  secret: string;
  ingest: {
    one(raw: unknown, sender: { touchpoint?: string }): Promise<RatingAccepted>;
    add(id: string, raw: unknown, sender: { touchpoint?: string }): Promise<RatingAccepted>;
  };
  /** The scope of the token that a request carries; throws when there is no valid machine token. */
  scopeOf: (request: Request) => Promise<string | null>;
}

async function readCall(request: Request): Promise<unknown> {
  if (!request.is('application/x-www-form-urlencoded')) return readJson(request, limits.bodyBytes);
  return Object.fromEntries(
    new URLSearchParams((await readBody(request, limits.bodyBytes)).toString('utf8')),
  );
}

/** One rating per call: its id follows from the call, so that a message sent twice is one rating. */
function idOfCall(secret: string, touchpoint: string, callId: string): string {
  const bytes = createHmac('sha256', secret)
    .update(`call\n${touchpoint}\n${callId}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** For any telephone exchange that can send a message: one request per call, with the line's own token. */
export function telephonyRoutes({ secret, ingest, scopeOf }: TelephonyOptions): Router {
  const router = apiRouter();
  router.post('/telephony/ratings', async (request, response) => {
    const scope = await scopeOf(request);
    const { callId, touchpoint, language, grade, occurredAt } = parse(Call, await readCall(request));
    if (scope !== `telephony:${touchpoint}`)
      throw new ProblemError('not-allowed', `This token is not for the line ${touchpoint}.`);
    const id = idOfCall(secret, touchpoint, callId);
    const sender = { touchpoint };
    const rating = {
      id,
      touchpoint,
      grade,
      ...(language ? { language } : {}),
      ...(occurredAt ? { givenAt: occurredAt } : {}),
    };
    try {
      const accepted = await ingest.one(rating, sender);
      sendJson(response, accepted.status === 'accepted' ? 201 : 200, accepted);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'conflict') throw error;
      // The caller corrected the grade: the last answer in the call wins.
      sendJson(response, 200, await ingest.add(id, { grade }, sender));
    }
  });
  return router;
}
