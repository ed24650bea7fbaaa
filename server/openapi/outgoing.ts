import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  DeliveryReport,
  Invitation,
  InvitationBatch,
  InvitationInput,
  InvitationMade,
  InvitationRules,
  RatesQuery,
  ResponseRate,
} from '#shared/contract/invitations.ts';
import { Outgoing, OutgoingChange } from '#shared/contract/outgoing.ts';
import { Replay, Webhook, WebhookDelivery, WebhookInput, WebhookMade } from '#shared/contract/webhooks.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const Rejected = z.object({ id: z.string().nullable(), status: z.literal('rejected') });
const Results = z.object({ results: z.array(z.union([InvitationMade, Rejected])) });

const webhook = { path: z.object({ id: z.string() }) };

/** Invitations (uitnodigingen), and what goes out by itself (uitgaand). */
export const outgoingPaths: ZodOpenApiPathsObject = {
  '/invitations': {
    post: {
      operationId: 'add-invitation',
      summary: 'Ask one person for a grade (uitnodiging), by mail, SMS or a link that the caller sends',
      ...needs('invitations'),
      requestBody: body(InvitationInput),
      responses: {
        '201': json(InvitationMade, 'Kept'),
        '200': json(InvitationMade, 'It was there already'),
        ...failures(400, 401, 403, 413, 415),
      },
    },
  },
  '/invitations/batch': {
    post: {
      operationId: 'add-invitations',
      summary: 'Up to 1,000 invitations, as JSON or as CSV with a header; one that is wrong harms no other',
      ...needs('invitations'),
      requestBody: {
        content: {
          'application/json': { schema: InvitationBatch },
          'text/csv': { schema: z.string() },
        },
      },
      responses: { '200': json(Results, 'In the same order'), ...failures(400, 401, 403, 413, 415) },
    },
  },
  '/invitations/open-forms': {
    post: {
      operationId: 'add-invitation-from-open-forms',
      summary: 'The generic JSON registration of Open Forms; only form and product are kept of it',
      ...needs('invitations'),
      requestBody: body(z.looseObject({ values: z.record(z.string(), z.unknown()) })),
      responses: { '201': json(InvitationMade, 'Kept'), ...failures(400, 401, 403, 413, 415) },
    },
  },
  '/invitations/{id}': {
    get: {
      operationId: 'get-invitation',
      summary: 'What became of an invitation',
      ...needs('invitations'),
      requestParams: { path: z.object({ id: z.string() }) },
      responses: { '200': json(Invitation, 'The invitation'), ...failures(401, 403, 404) },
    },
  },
  '/invitations/response-rates': {
    get: {
      operationId: 'list-response-rates',
      summary: 'How many of those who were reached answered (respons), per product and moment',
      ...needs('figures'),
      requestParams: { query: RatesQuery },
      responses: { '200': json(list(ResponseRate), 'All'), ...failures(400, 401, 403) },
    },
  },
  '/invitations/rules': {
    get: {
      operationId: 'get-invitation-rules',
      summary: 'How often somebody is asked, and how long a link can be used',
      ...needs('administration'),
      responses: { '200': json(InvitationRules, 'The rules'), ...failures(401, 403) },
    },
    put: {
      operationId: 'put-invitation-rules',
      summary: 'Replaces these rules',
      ...needs('administration'),
      requestBody: body(InvitationRules),
      responses: { '200': json(InvitationRules, 'The rules'), ...failures(400, 401, 403) },
    },
  },
  '/invitations/delivery-reports': {
    post: {
      operationId: 'add-delivery-report',
      summary: 'For NotifyNL: what became of a message. With the token of NOTIFY_CALLBACK_TOKEN',
      ...needs('anybody'),
      requestBody: body(DeliveryReport),
      responses: { '204': { description: 'Taken' }, ...failures(400, 401) },
    },
  },
  '/webhooks': {
    get: {
      operationId: 'list-webhooks',
      summary: 'Who is told what happens (webhooks)',
      ...needs('administration'),
      responses: { '200': json(list(Webhook), 'All'), ...failures(401, 403) },
    },
    post: {
      operationId: 'add-webhook',
      summary: 'Tells another system from now on, as CloudEvents after the NL GOV profile',
      ...needs('administration'),
      requestBody: body(WebhookInput),
      responses: { '201': json(WebhookMade, 'With its secret, once'), ...failures(400, 401, 403) },
    },
  },
  '/webhooks/{id}': {
    delete: {
      operationId: 'remove-webhook',
      summary: 'Tells it nothing any more',
      ...needs('administration'),
      requestParams: webhook,
      responses: { '204': { description: 'Removed' }, ...failures(401, 403, 404) },
    },
  },
  '/webhooks/{id}/deliveries': {
    get: {
      operationId: 'list-webhook-deliveries',
      summary: 'The last hundred events, and what became of each',
      ...needs('administration'),
      requestParams: webhook,
      responses: { '200': json(list(WebhookDelivery), 'Newest first'), ...failures(401, 403, 404) },
    },
  },
  '/webhooks/{id}/replays': {
    post: {
      operationId: 'replay-webhook',
      summary: 'Tells events again: those that are named, or all that failed',
      ...needs('administration'),
      requestParams: webhook,
      requestBody: body(Replay),
      responses: { '200': json(z.object({ replayed: z.int() }), 'How many'), ...failures(400, 401, 403) },
    },
  },
  '/outgoing': {
    get: {
      operationId: 'get-outgoing',
      summary: 'Mail that waits and what became of the rest (uitgaand)',
      ...needs('administration'),
      responses: { '200': json(Outgoing, 'The state'), ...failures(401, 403) },
    },
    patch: {
      operationId: 'change-outgoing',
      summary: 'Pauses what goes out, or releases it after a restore',
      ...needs('administration'),
      requestBody: body(OutgoingChange),
      responses: { '200': json(Outgoing, 'The state'), ...failures(400, 401, 403) },
    },
  },
};
