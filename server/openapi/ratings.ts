import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Problem } from '#shared/contract/errors.ts';
import { Form } from '#shared/contract/questionnaire.ts';
import { RatingAccepted, RatingAddition, RatingBatch, RatingInput } from '#shared/contract/rating.ts';
import { failures, json, needs } from './parts.ts';

export const ratingsPaths: ZodOpenApiPathsObject = {
  '/ratings': {
    post: {
      operationId: 'giveRating',
      summary: 'Give a rating (waardering)',
      ...needs('anybody'),
      requestBody: {
        content: { 'application/json': { schema: RatingInput }, 'text/plain': { schema: RatingInput } },
      },
      responses: {
        '201': json(RatingAccepted, 'Stored'),
        '200': json(RatingAccepted, 'Was stored before with the same content'),
        ...failures(400, 403, 409, 413, 415, 429, 503),
      },
    },
  },
  '/ratings/{id}': {
    patch: {
      operationId: 'addToRating',
      summary: 'Replace fields of a rating, within 30 minutes',
      ...needs('anybody'),
      requestParams: { path: z.object({ id: z.uuid() }) },
      requestBody: { content: { 'application/json': { schema: RatingAddition } } },
      responses: {
        '200': json(RatingAccepted, 'Stored'),
        ...failures(400, 403, 404, 410, 413, 415, 429, 503),
      },
    },
  },
  '/ratings/batch': {
    post: {
      operationId: 'giveRatings',
      summary: 'Give up to 500 ratings that waited on a device',
      ...needs('anybody'),
      requestBody: { content: { 'application/json': { schema: RatingBatch } } },
      responses: {
        '200': json(
          z.object({
            results: z.array(
              z.object({
                id: z.string(),
                status: z.enum(['accepted', 'duplicate', 'rejected']),
                errors: Problem.shape.errors.optional(),
              }),
            ),
          }),
          'One result per rating, in the same order',
        ),
        ...failures(400, 403, 413, 415, 429, 503),
      },
    },
  },
  '/touchpoints/{key}/form': {
    get: {
      operationId: 'readForm',
      summary: 'What a touchpoint (contactpunt) asks',
      ...needs('anybody'),
      requestParams: {
        path: z.object({ key: z.string() }),
        query: z.object({
          language: z.string().optional(),
          rating: z
            .string()
            .optional()
            .meta({ description: 'The id that you will post: gives a `formToken`' }),
        }),
      },
      responses: { '200': json(Form, 'The form'), ...failures(403, 404) },
    },
  },
};
