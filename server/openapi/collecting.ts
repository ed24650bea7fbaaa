import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  Device,
  DeviceChange,
  DeviceConfiguration,
  DevicePairing,
  DeviceToken,
  DeviceTokenRequest,
  Heartbeat,
  HeartbeatReply,
  PairingConfirmation,
  PairingRequest,
  WallboardToken,
} from '#shared/contract/device.ts';
import { Questionnaire, QuestionnaireInput } from '#shared/contract/questionnaire.ts';
import {
  Channel,
  ChannelChange,
  ClosedDays,
  NewChannel,
  NewProduct,
  NewTouchpoint,
  Product,
  ProductChange,
  Touchpoint,
  TouchpointChange,
  TrialRating,
} from '#shared/contract/settings.ts';
import { failures, json, list, needs } from './parts.ts';

const body = (schema: z.ZodType) => ({ requestBody: { content: { 'application/json': { schema } } } });
const one = (name: string) => ({ requestParams: { path: z.object({ [name]: z.string() }) } });
const token = needs('machine');
const staff = needs('administration');
const mayVoid = needs('void');
const gone = { description: 'Done' };
const none = { '204': gone, ...failures(401, 403, 404) };
const changed = (schema: z.ZodType) => ({
  '200': json(schema, 'As it is now'),
  ...failures(400, 401, 403, 404),
});
const made = (schema: z.ZodType) => ({ '201': json(schema, 'Made'), ...failures(400, 401, 403, 409) });

/** Where ratings come from: channels, touchpoints, questionnaires and tablets. Lists that exist are in `settings.ts`. */
export const collectingPaths: ZodOpenApiPathsObject = {
  '/channels/{key}': {
    patch: {
      ...{ operationId: 'changeChannel', summary: 'Rename a channel (kanaal)', ...staff },
      ...{ ...one('key'), ...body(ChannelChange), responses: changed(Channel) },
    },
  },
  '/touchpoints/{key}': {
    patch: {
      ...{ operationId: 'changeTouchpoint', summary: 'Change a touchpoint (contactpunt)', ...staff },
      ...{ ...one('key'), ...body(TouchpointChange), responses: changed(Touchpoint) },
    },
    delete: {
      ...{ operationId: 'retireTouchpoint', summary: 'Retire a touchpoint; its ratings stay', ...staff },
      ...{ ...one('key'), responses: none },
    },
  },
  '/touchpoints/{key}/trial-ratings': {
    get: {
      ...{
        operationId: 'listTrialRatings',
        summary: 'The newest ratings on trial, which never count',
        ...staff,
      },
      ...{
        ...one('key'),
        responses: { '200': json(list(TrialRating), 'At most 20'), ...failures(401, 403, 404) },
      },
    },
  },
  '/products/{key}': {
    patch: {
      ...{ operationId: 'changeProduct', summary: 'Change a product', ...staff },
      ...{ ...one('key'), ...body(ProductChange), responses: changed(Product) },
    },
    delete: {
      ...{ operationId: 'retireProduct', summary: 'Retire a product; its ratings stay', ...staff },
      ...{ ...one('key'), responses: none },
    },
  },
  '/closed-days': {
    get: {
      ...{
        operationId: 'listClosedDays',
        summary: 'Days closed besides official holidays (sluitingsdagen)',
        ...staff,
      },
      responses: { '200': json(ClosedDays, 'All'), ...failures(401, 403) },
    },
    put: {
      ...{ operationId: 'replaceClosedDays', summary: 'Replace them', ...staff, ...body(ClosedDays) },
      responses: changed(ClosedDays),
    },
  },
  '/questionnaires': {
    get: {
      ...{
        operationId: 'listQuestionnaires',
        summary: 'Questionnaires (vragenlijsten) in use',
        ...needs('figures'),
      },
      requestParams: {
        query: z.object({
          touchpoint: z.string().optional().meta({ description: 'All versions of this one, newest first' }),
        }),
      },
      responses: { '200': json(list(Questionnaire), 'Versions'), ...failures(401, 403) },
    },
    post: {
      ...{ operationId: 'addQuestionnaire', summary: 'A new version, valid from now', ...staff },
      ...{ ...body(QuestionnaireInput), responses: made(Questionnaire) },
    },
  },
  '/device-pairings': {
    post: {
      ...{ operationId: 'startPairing', summary: 'A tablet or wallboard asks for a code (RFC 8628)' },
      ...{ ...needs('anybody'), ...body(PairingRequest) },
      responses: { '201': json(DevicePairing, 'To show'), ...failures(429) },
    },
  },
  '/device-tokens': {
    post: {
      ...{
        operationId: 'askDeviceToken',
        summary: 'A tablet asks whether its code was confirmed (RFC 8628)',
        ...needs('anybody'),
      },
      ...body(DeviceTokenRequest),
      responses: { '200': json(z.union([DeviceToken, WallboardToken]), 'Its token'), ...failures(400) },
    },
  },
  '/device-pairings/{code}': {
    get: {
      ...{
        operationId: 'readPairing',
        summary: 'Whether a tablet shows this code',
        ...staff,
        ...one('code'),
      },
      responses: changed(
        z.object({ userCode: z.string(), for: z.string(), startedAt: z.string(), expiresAt: z.string() }),
      ),
    },
    put: {
      ...{ operationId: 'confirmPairing', summary: 'Confirm the code that a tablet shows', ...staff },
      ...{
        ...one('code'),
        ...body(PairingConfirmation),
        responses: changed(z.union([Device, z.object({ name: z.string() })])),
      },
    },
    delete: {
      ...{ operationId: 'refusePairing', summary: 'Refuse it', ...staff },
      ...{ ...one('code'), responses: none },
    },
  },
  '/devices/self': {
    get: {
      ...{ operationId: 'readConfiguration', summary: 'All that a tablet needs to work by itself', ...token },
      responses: { '200': json(DeviceConfiguration, 'The whole'), ...failures(401, 403, 429) },
    },
  },
  '/devices/self/heartbeats': {
    post: {
      ...{ operationId: 'sendHeartbeat', summary: 'What a tablet tells once a minute', ...token },
      ...body(Heartbeat),
      responses: { '200': json(HeartbeatReply, 'Kept'), ...failures(400, 401, 403, 429) },
    },
  },
  '/devices': {
    get: {
      ...{ operationId: 'listDevices', summary: 'All tablets (apparaten)', ...staff },
      responses: { '200': json(list(Device), 'All, also retired ones'), ...failures(401, 403) },
    },
  },
  '/devices/{id}': {
    get: {
      ...{ operationId: 'readDevice', summary: 'One tablet', ...staff, ...one('id') },
      responses: { '200': json(Device, 'The tablet'), ...failures(401, 403, 404) },
    },
    patch: {
      ...{ operationId: 'changeDevice', summary: 'Change it; it hears of it at once', ...staff },
      ...{ ...one('id'), ...body(DeviceChange), responses: changed(Device) },
    },
    delete: {
      ...{ operationId: 'retireDevice', summary: 'Retire it', ...staff, ...one('id') },
      responses: none,
    },
  },
  '/devices/{id}/token': {
    delete: {
      ...{ operationId: 'revokeDevice', summary: 'End its token: it asks to be paired again', ...staff },
      ...{ ...one('id'), responses: none },
    },
  },
  '/ratings/{reference}/void': {
    get: {
      ...{ operationId: 'readVoid', summary: 'Why it was taken out', ...mayVoid, ...one('reference') },
      responses: changed(z.object({ reason: z.string(), by: z.string(), at: z.string() })),
    },
    post: {
      ...{
        operationId: 'voidRating',
        summary: 'Take a rating out of the figures',
        ...mayVoid,
        ...one('reference'),
      },
      ...body(z.strictObject({ reason: z.string().min(1).max(500) })),
      responses: changed(z.object({ reference: z.string(), voided: z.boolean() })),
    },
    delete: {
      ...{ operationId: 'restoreRating', summary: 'Put it back', ...mayVoid, ...one('reference') },
      responses: changed(z.object({ reference: z.string(), voided: z.boolean() })),
    },
  },
};

/** Making what the lists hold. */
export const newItems = {
  channels: {
    operationId: 'addChannel',
    summary: 'A new channel',
    ...staff,
    ...body(NewChannel),
    responses: made(Channel),
  },
  touchpoints: {
    ...{ operationId: 'addTouchpoint', summary: 'A new touchpoint', ...staff },
    ...{ ...body(NewTouchpoint), responses: made(Touchpoint) },
  },
  products: {
    operationId: 'addProduct',
    summary: 'A new product',
    ...staff,
    ...body(NewProduct),
    responses: made(Product),
  },
};
