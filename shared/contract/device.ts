import * as z from 'zod';
import { Reach } from './access.ts';
import { limits } from './limits.ts';
import { Form } from './questionnaire.ts';
import { Slug } from './settings.ts';

const Time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'A time such as 09:00.' });
/** Open from … until, Amsterdam time. */
const Opening = z.strictObject({ from: Time, to: Time }).refine(({ from, to }) => from < to, {
  error: '`from` is not before `to`.',
  params: { code: 'range' },
});
/** Monday first; a day without an entry is closed. */
export const OpeningHours = z.array(z.array(Opening).max(4)).length(7);
export type OpeningHours = z.infer<typeof OpeningHours>;

export const deviceStates = ['active', 'silent', 'closed', 'new', 'revoked', 'retired'] as const;
export const DeviceState = z.enum(deviceStates).meta({
  description:
    'active: heard of within three minutes; silent (stil): not, within opening hours; closed: outside them; new: confirmed, waits for the tablet; revoked: asks to be paired again',
});
export type DeviceState = z.infer<typeof DeviceState>;

/** What a tablet tells about itself once a minute. */
export const Heartbeat = z
  .strictObject({
    queue: z.int().min(0).meta({ description: 'Ratings and additions that wait' }),
    oldestAge: z.number().min(0).nullable().meta({ description: 'Seconds that the oldest waits' }),
    rejected: z.int().min(0),
    version: z.string().max(100).meta({ description: 'Of the kiosk' }),
    configuration: z
      .string()
      .max(100)
      .nullable()
      .meta({ description: 'Version of the configuration in use' }),
    persisted: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether the browser promised to keep the storage' }),
    battery: z.number().min(0).max(1).nullable(),
    charging: z.boolean().nullable(),
    sentAt: z.iso.datetime({ offset: true }).meta({ description: "By the tablet's clock" }),
  })
  .meta({ id: 'Heartbeat' });
export type Heartbeat = z.infer<typeof Heartbeat>;
export const HeartbeatReply = z.object({
  now: z.iso.datetime(),
  configuration: z
    .string()
    .meta({ description: 'Current version; ask GET /devices/self when it is another' }),
});
export type HeartbeatReply = z.infer<typeof HeartbeatReply>;

/** Checked on the tablet, also without a network: PBKDF2 with SHA-256, 32 bytes; salt and hash in base64. */
export const PinHash = z.object({ salt: z.string(), iterations: z.int(), hash: z.string() });
export type PinHash = z.infer<typeof PinHash>;
export const Pin = z.string().regex(/^\d{4,8}$/, { error: 'Four to eight digits.' });

/** All that a tablet needs to work by itself; replaced whole. */
export const DeviceConfiguration = z
  .object({
    version: z.string().meta({ description: 'Another one for every other content' }),
    device: z.object({ id: z.int(), name: z.string() }),
    touchpoint: z.string(),
    municipality: z.string(),
    languages: z.array(z.string()),
    forms: z.record(z.string(), Form).meta({ description: 'By language' }),
    idleSeconds: z.int(),
    openingHours: OpeningHours,
    holidays: z.array(z.iso.date()).meta({ description: 'Closed all day' }),
    pin: PinHash.nullable(),
    trial: z.boolean(),
  })
  .meta({ id: 'DeviceConfiguration' });
export type DeviceConfiguration = z.infer<typeof DeviceConfiguration>;

/** Answer to POST /device-pairings, named as in RFC 8628, section 3.2; `qr` is an SVG as a data: address. */
/** What asks to be paired: a tablet that collects, or a wallboard (wandscherm) that only shows. */
export const PairingRequest = z.strictObject({ for: z.enum(['tablet', 'wallboard']).default('tablet') });
export type Pairable = z.infer<typeof PairingRequest>['for'];
export const DevicePairing = z
  .object({
    device_code: z.string(),
    user_code: z.string(),
    verification_uri: z.string(),
    verification_uri_complete: z.string(),
    expires_in: z.int().meta({ description: 'Seconds' }),
    interval: z.int().meta({ description: 'Seconds between two questions' }),
    qr: z.string(),
  })
  .meta({ id: 'DevicePairing' });
export type DevicePairing = z.infer<typeof DevicePairing>;

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
export const DeviceTokenRequest = z.strictObject({
  grant_type: z.literal(deviceGrant),
  device_code: z.string().min(1).max(200),
});
/** Asked again with the same code it is the same token, so that a lost reply costs nothing. */
export const DeviceToken = z
  .object({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    scope: z.string().meta({ description: 'device:<id>' }),
    configuration: DeviceConfiguration,
  })
  .meta({ id: 'DeviceToken' });
export type DeviceToken = z.infer<typeof DeviceToken>;
/** `error` of a 400 while there is no token, RFC 8628 section 3.5. */
export const pairingErrors = [
  'authorization_pending',
  'slow_down',
  'expired_token',
  'access_denied',
  'unsupported_grant_type',
  'invalid_request',
] as const;
export type PairingError = (typeof pairingErrors)[number];

/** The token of a wallboard: it reads figures, as a viewer who is limited to its reach. */
export const WallboardToken = z
  .object({ access_token: z.string(), token_type: z.literal('Bearer'), scope: z.literal('wallboard') })
  .meta({ id: 'WallboardToken' });
export type WallboardToken = z.infer<typeof WallboardToken>;

export const NewWallboard = z.strictObject({
  wallboard: z.string().trim().min(1).max(100).meta({ description: 'Its name' }),
  reach: Reach.nullable().default(null),
});
export type NewWallboard = z.infer<typeof NewWallboard>;

/** Confirms a code: a new device, one that is there and lost its token, or a wallboard. */
export const PairingConfirmation = z.union([
  z.strictObject({ name: z.string().trim().min(1).max(100), touchpoint: Slug }),
  z.strictObject({ device: z.int().min(1) }),
  NewWallboard,
]);

export const DeviceChange = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  touchpoint: Slug.optional(),
  idleSeconds: z.int().min(limits.idleSeconds).max(300).optional(),
  openingHours: OpeningHours.optional(),
  pin: Pin.nullable().optional(),
});
export type DeviceChange = z.infer<typeof DeviceChange>;

/** A tablet as the administrator sees it. */
export const Device = z
  .object({
    id: z.int(),
    name: z.string(),
    touchpoint: z.string(),
    state: DeviceState,
    createdAt: z.iso.datetime(),
    lastSeen: z.iso.datetime().nullable(),
    silentSince: z.iso.datetime().nullable(),
    heartbeat: Heartbeat.omit({ sentAt: true }).nullable(),
    clockOff: z
      .number()
      .nullable()
      .meta({ description: 'Seconds that its clock is ahead; negative: behind' }),
    upToDate: z.boolean().nullable().meta({ description: 'Whether it uses the current configuration' }),
    idleSeconds: z.int(),
    openingHours: OpeningHours,
    hasPin: z.boolean(),
  })
  .meta({ id: 'Device' });
export type Device = z.infer<typeof Device>;

/** Socket.IO namespace /device, `auth: { token }`: the whole configuration at the start and after every change. */
export interface DeviceEvents {
  configuration: (configuration: DeviceConfiguration) => void;
  /** The token ended: keep the queue and ask for pairing. The server ends the connection after it. */
  revoked: () => void;
}
