import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  CommentForwarding,
  CommentItem,
  CommentPatch,
  CommentsAnswer,
  CommentsPatch,
  CommentsPatched,
  CommentsQuery,
  Improvement,
  Reference,
  ThemeName,
} from '#shared/contract/comments.ts';
import { Filters } from '#shared/contract/figures.ts';
import { failures, json, list, needs } from './parts.ts';

const path = z.object({ reference: Reference });
const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });

export const commentsPaths: ZodOpenApiPathsObject = {
  '/comments': {
    get: {
      operationId: 'listComments',
      summary: 'What people wrote (reacties), the newest first, fifty at a time',
      ...needs('comments'),
      requestParams: { query: z.object(CommentsQuery.shape) },
      responses: { '200': json(CommentsAnswer, 'A page'), ...failures(400, 401, 403) },
    },
    patch: {
      operationId: 'followUpComments',
      summary: 'Follow up several comments at once (opvolging)',
      ...needs('comments'),
      requestBody: body(CommentsPatch),
      responses: {
        '200': json(CommentsPatched, 'What was changed, and what was not'),
        ...failures(400, 401, 403, 404),
      },
    },
  },
  '/comments/{reference}': {
    get: {
      operationId: 'readComment',
      summary: 'One comment (reactie)',
      ...needs('comments'),
      requestParams: { path },
      responses: { '200': json(CommentItem, 'The comment'), ...failures(401, 403, 404) },
    },
    patch: {
      operationId: 'followUpComment',
      summary: 'Follow up a comment (opvolging)',
      description:
        'With the version that was read. When somebody else was first: 409, with `current` as it is now.',
      ...needs('comments'),
      requestParams: { path },
      requestBody: body(CommentPatch),
      responses: { '200': json(CommentItem, 'As it is now'), ...failures(400, 401, 403, 404, 409) },
    },
  },
  '/comments/{reference}/forwardings': {
    post: {
      operationId: 'forwardComment',
      summary: 'Pass a threat on to the address in the settings (melding van agressie)',
      ...needs('comments'),
      requestParams: { path },
      responses: { '201': json(CommentItem, 'As it is now'), ...failures(401, 403, 404) },
    },
  },
  '/improvements': {
    get: {
      operationId: 'listImprovements',
      summary: 'What was done about comments (verbeterpunten), by when it was done',
      ...needs('comments'),
      requestParams: { query: Filters },
      responses: { '200': json(list(Improvement), 'All'), ...failures(400, 401, 403) },
    },
  },
  '/comment-forwarding': {
    put: {
      operationId: 'changeForwarding',
      summary:
        'Where a comment with aggression or discrimination (melding) can be passed on to; null for nowhere',
      ...needs('administration'),
      requestBody: { content: { 'application/json': { schema: CommentForwarding } } },
      responses: { '200': json(CommentForwarding, 'As it is now'), ...failures(400, 401, 403) },
    },
  },
  '/comment-themes': {
    get: {
      operationId: 'listCommentThemes',
      summary: "Names of the themes (thema's), and where threats are passed on to",
      ...needs('comments'),
      responses: {
        '200': json(list(ThemeName).extend({ forwardingTo: z.email().nullable() }), 'All'),
        ...failures(401, 403),
      },
    },
  },
};
