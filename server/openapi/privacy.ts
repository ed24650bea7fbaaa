import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Health } from '#shared/contract/health.ts';
import {
  ErasureFound,
  ErasureQuery,
  RedactionFigures,
  Retention,
  RetentionRun,
  RetentionState,
} from '#shared/contract/privacy.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });

export const privacyPaths: ZodOpenApiPathsObject = {
  '/privacy/retention': {
    get: {
      operationId: 'readRetention',
      summary:
        'How long each kind is kept (bewaartermijnen), and what is older; with other periods in the query: what would be',
      ...needs('privacy'),
      requestParams: { query: z.object(Retention.shape).partial() },
      responses: {
        '200': json(RetentionState, 'Periods, what expires, the last run'),
        ...failures(400, 401, 403),
      },
    },
    put: {
      operationId: 'setRetention',
      summary: 'Set how long each kind is kept',
      ...needs('privacy'),
      requestBody: body(Retention),
      responses: { '200': json(RetentionState, 'As set'), ...failures(400, 401, 403, 415) },
    },
  },
  '/privacy/retention-runs': {
    post: {
      operationId: 'runRetention',
      summary: 'Remove now what is older than its period; otherwise that is done every night',
      ...needs('privacy'),
      responses: { '201': json(RetentionRun, 'What was removed'), ...failures(401, 403) },
    },
  },
  '/privacy/redactions': {
    get: {
      operationId: 'readRedactions',
      summary: 'How many comments hold each label of the redaction',
      ...needs('privacy'),
      responses: { '200': json(RedactionFigures, 'Per label'), ...failures(401, 403) },
    },
  },
  '/privacy/comments': {
    get: {
      operationId: 'findToErase',
      summary: 'Find comments for somebody who asks for theirs (recht op inzage of wissing)',
      ...needs('erasure'),
      requestParams: { query: ErasureQuery },
      responses: { '200': json(list(ErasureFound), 'At most 100, newest first'), ...failures(400, 401, 403) },
    },
  },
  '/health': {
    get: {
      operationId: 'readHealth',
      summary: 'How the installation fares (gezondheid): disk, backup, retention, mail, version',
      ...needs('administration'),
      responses: { '200': json(Health, 'Now'), ...failures(401, 403) },
    },
  },
  '/privacy/comments/{reference}': {
    delete: {
      operationId: 'eraseComment',
      summary: 'Erase the words of a rating (wissen): comment and answers; the grade stays',
      ...needs('erasure'),
      requestParams: { path: z.object({ reference: z.string() }) },
      responses: { '204': { description: 'Erased' }, ...failures(401, 403, 404) },
    },
  },
};
