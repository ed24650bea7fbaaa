import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { NewPasskey, Passkey, Proof } from '#shared/contract/access.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const done = { description: 'Done' };
const byId = { path: z.object({ id: z.string() }) };

export const passkeyPaths: ZodOpenApiPathsObject = {
  '/passkey-requests': {
    post: {
      operationId: 'askForPasskey',
      summary: 'What a browser needs to sign in with a passkey; its answer goes to /session',
      ...needs('anybody'),
      responses: {
        '201': json(z.looseObject({ challenge: z.string() }), 'WebAuthn, as JSON'),
        ...failures(403, 429),
      },
    },
  },
  '/account/passkeys': {
    get: {
      operationId: 'listPasskeys',
      summary: 'Your passkeys',
      ...needs('session'),
      responses: { '200': json(list(Passkey), 'Yours'), ...failures(401, 403) },
    },
    post: {
      operationId: 'addPasskey',
      summary: 'Add the passkey that the browser made',
      ...needs('session'),
      requestBody: body(NewPasskey),
      responses: { '201': json(Passkey, 'Added'), ...failures(400, 401, 403) },
    },
  },
  '/account/passkey-requests': {
    post: {
      operationId: 'askToMakePasskey',
      summary: 'What a browser needs to make a passkey',
      ...needs('session'),
      requestBody: body(Proof),
      responses: {
        '201': json(z.looseObject({ challenge: z.string() }), 'WebAuthn, as JSON'),
        ...failures(400, 401, 403, 409, 429),
      },
    },
  },
  '/account/passkeys/{id}': {
    delete: {
      operationId: 'removePasskey',
      summary: 'Remove a passkey of yours',
      ...needs('session'),
      requestParams: byId,
      responses: { '204': done, ...failures(401, 403, 404) },
    },
  },
};
