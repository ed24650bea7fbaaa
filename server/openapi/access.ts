import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Account, PasskeySignIn } from '#shared/contract/access.ts';
import { AuditPage, AuditQuery } from '#shared/contract/audit.ts';
import { failures, json, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const done = { description: 'Done' };

export const accessPaths: ZodOpenApiPathsObject = {
  '/openapi.json': {
    get: {
      operationId: 'readDocument',
      summary: 'This document',
      ...needs('anybody'),
      responses: { '200': { description: 'OpenAPI 3.1' } },
    },
  },
  '/meta': {
    get: {
      operationId: 'readMeta',
      summary: 'Whose Klantpuls this is, and who is signed in, if anybody is',
      ...needs('anybody'),
      responses: {
        '200': json(
          z.object({
            municipality: z.string(),
            needsSetup: z.boolean(),
            version: z.string(),
            account: Account.nullable(),
            signOn: z.boolean().meta({ description: 'There is an identity provider' }),
          }),
          'The installation',
        ),
      },
    },
  },
  '/session': {
    post: {
      operationId: 'signIn',
      summary: 'Sign in (inloggen); the session is a cookie',
      ...needs('anybody'),
      requestBody: body(
        z.union([
          z.object({ email: z.string(), password: z.string(), code: z.string().optional() }),
          PasskeySignIn,
        ]),
      ),
      responses: { '201': json(Account, 'Signed in'), ...failures(400, 401, 403, 415, 429) },
    },
    delete: {
      operationId: 'signOut',
      summary: 'Sign out (uitloggen)',
      ...needs('anybody'),
      responses: {
        '204': done,
        '200': json(
          z.object({ continueAt: z.url() }),
          'Signed out here; the identity provider ends its session there',
        ),
        ...failures(403),
      },
    },
  },
  '/setup': {
    post: {
      operationId: 'makeFirstAdministrator',
      summary: 'Make the first administrator with the one-time link',
      ...needs('anybody'),
      requestBody: body(
        z.object({ token: z.string(), name: z.string(), email: z.email(), password: z.string() }),
      ),
      responses: { '201': json(Account, 'Signed in'), ...failures(400, 403, 404, 415) },
    },
  },
  '/account': {
    get: {
      operationId: 'readAccount',
      summary: 'Who is signed in',
      ...needs('signed-in'),
      responses: { '200': json(Account, 'The account'), ...failures(401) },
    },
  },
  '/audit-events': {
    get: {
      operationId: 'listAuditEvents',
      summary: 'What staff did and which comments they read (logboek), newest first',
      ...needs('audit'),
      requestParams: { query: z.object(AuditQuery.shape) },
      responses: {
        '200': {
          description: 'A page of the log, or all of it as CSV or NDJSON',
          content: {
            'application/json': { schema: AuditPage },
            'text/csv': { schema: z.string() },
            'application/x-ndjson': { schema: z.string() },
          },
        },
        ...failures(400, 401, 403),
      },
    },
  },
};
