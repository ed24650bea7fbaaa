import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Account } from '#shared/contract/access.ts';
import { failures, json, staff } from './parts.ts';

export const accessPaths: ZodOpenApiPathsObject = {
  '/account': {
    get: {
      operationId: 'readAccount',
      summary: 'Who is signed in',
      ...staff,
      responses: { '200': json(Account, 'The account'), ...failures(401) },
    },
  },
};
