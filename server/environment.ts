import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { parseRoles, type SignOnSettings } from './access/sign-on.ts';
import type { WebhookSettings } from './app/webhooks.ts';
import type { MailSettings } from './mail/transports.ts';
import type { Store } from './storage/port.ts';

/** Of a secret key, in characters. */
const shortestKey = 32;
const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'a whole number from 0 to 65535' })
  .transform(Number)
  .refine((number) => number <= 65535, { error: 'a whole number from 0 to 65535' });

const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);
const rangeNames = ['loopback', 'linklocal', 'uniquelocal'];
/** An address or subnet, as Express takes them. */
function isRange(text: string): boolean {
  if (rangeNames.includes(text)) return true;
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= most));
}
const isTrustProxy = (text: string): boolean =>
  /^\d{1,2}$/.test(text) || text.split(',').every((part) => isRange(part.trim()));

const Environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  BACKUP_DIR: z.string().min(1).optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TLS_CERT: z.string().min(1).optional(),
  TLS_KEY: z.string().min(1).optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(12, { error: 'at least 12 characters' }).optional(),
  SECRET_KEY: z
    .string()
    .min(shortestKey, { error: `at least ${shortestKey} characters` })
    .optional(),
  TRUST_PROXY: z
    .string()
    .refine(isTrustProxy, {
      error: `the number of proxies, or their addresses and subnets (such as 10.0.0.0/8), or ${rangeNames.join(', ')}`,
    })
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  TWIML_AUTH_TOKEN: z.string().trim().min(1).optional(),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'an address such as smtp://user:password@host:587' })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, {
      error: 'an e-mail address, or a name and <address>',
    })
    .optional(),
  NOTIFY_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  NOTIFY_API_KEY: z.string().min(74, { error: 'the whole key, with its name in front' }).optional(),
  NOTIFY_MAIL_TEMPLATE: z.uuid({ error: 'the id of a template' }).optional(),
  NOTIFY_SMS_TEMPLATE: z.uuid({ error: 'the id of a template' }).optional(),
  NOTIFY_CALLBACK_TOKEN: z.string().min(20, { error: 'at least 20 characters' }).optional(),
  PASSWORD_LIST: z.string().min(1).optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || isLoopback(new URL(url).hostname), {
      error: 'an address with https',
    })
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_ROLE_CLAIM: z.string().min(1).default('roles'),
  OIDC_ROLES: z
    .string()
    .refine((text) => parseRoles(text) !== null, {
      error: 'what a value of the claim means, such as "klantpuls-beheer=admin,klantpuls-team=manager"',
    })
    .optional(),
  OIN: z
    .string()
    .regex(/^\d{20}$/, { error: '20 digits' })
    .optional(),
  WEBHOOK_PRIVATE: z
    .string()
    .refine((text) => text.split(',').every((part) => !rangeNames.includes(part) && isRange(part.trim())), {
      error: 'addresses and subnets (such as 10.0.0.0/8), separated by commas',
    })
    .optional(),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(?:ql)?$/,
      error: 'an address such as postgres://user:password@host:5432/klantpuls; leave it out to use SQLite',
    })
    .optional(),
  DATABASE_CONNECTIONS: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'a whole number from 2 to 999' })
    .transform(Number)
    .refine((number) => number >= 2, { error: 'a whole number from 2 to 999' })
    .optional(),
});
export type Environment = z.infer<typeof Environment>;

export class EnvironmentRefused extends Error {}

/** Reads the environment; an unknown KLANTPULS_… or a bad value is one clear line each. */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(
    Object.keys(Environment.shape).flatMap((name) =>
      source[name] === undefined || source[name] === '' ? [] : [[name, source[name]]],
    ),
  );
  const parsed = Environment.safeParse(given);
  const lines = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  for (const name of Object.keys(source))
    if (name.startsWith('KLANTPULS_')) lines.push(`${name}: this setting does not exist`);
  const pair = (a: keyof Environment, b: keyof Environment) => {
    if (Boolean(given[a]) !== Boolean(given[b])) lines.push(`${a}, ${b}: give both or neither`);
  };
  pair('TLS_CERT', 'TLS_KEY');
  pair('ADMIN_EMAIL', 'ADMIN_PASSWORD');
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES'];
  if (oidc.some((name) => given[name]) && !oidc.every((name) => given[name]))
    lines.push(`${oidc.join(', ')}: give all of them or none`);
  pair('SMTP_URL', 'MAIL_FROM');
  if (given.NOTIFY_API_KEY && !given.NOTIFY_MAIL_TEMPLATE && !given.NOTIFY_SMS_TEMPLATE)
    lines.push('NOTIFY_API_KEY: give NOTIFY_MAIL_TEMPLATE, NOTIFY_SMS_TEMPLATE or both with it');
  if (!parsed.success || lines.length > 0) throw new EnvironmentRefused(lines.join('\n'));
  return parsed.data;
}

/** How people come in through the municipality's identity provider; null when they do not. */
export function signOnOf(environment: Environment): SignOnSettings | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLE_CLAIM, OIDC_ROLES } = environment;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_ROLES) return null;
  return {
    ...{ issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET },
    ...{ roleClaim: OIDC_ROLE_CLAIM, roles: parseRoles(OIDC_ROLES) ?? [] },
  };
}

export const databaseFile = (environment: Environment): string =>
  resolve(environment.DATA_DIR, 'klantpuls.db');

export const keyFile = (environment: Environment): string => `${resolve(environment.DATA_DIR)}.key`;

/** The key as it is given or stands beside the data; null when there is none yet. */
export function presentKey(environment: Environment): string | null {
  if (environment.SECRET_KEY) return environment.SECRET_KEY;
  const file = keyFile(environment);
  if (!existsSync(file)) return null;
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < shortestKey)
    throw new EnvironmentRefused(
      `The key in ${file} is damaged: it has fewer than ${shortestKey} characters. Put the right one back, or set SECRET_KEY to it.`,
    );
  return key;
}

/** The key that signs and encrypts: given, or made once beside (not in) the data, so that a copy of the data lacks it. */
export function secretKey(environment: Environment): string {
  const key = presentKey(environment);
  if (key !== null) return key;
  makeKey(keyFile(environment));
  return presentKey(environment)!;
}

/** What a key is recognised by; it does not tell the key. */
export const fingerprintOf = (key: string): string =>
  createHmac('sha256', key).update('klantpuls').digest('hex').slice(0, 16);

/**
 * The secret key of a database, which is the first that it was used with: ids of calls and of imported rows come from
 * it, so with another key they would count again.
 */
export async function secretKeyOf(
  environment: Environment,
  store: Pick<Store, 'keyFingerprint'>,
): Promise<string> {
  const kept = await store.keyFingerprint(null);
  const key = kept === null ? secretKey(environment) : presentKey(environment);
  if (key !== null && (await store.keyFingerprint(fingerprintOf(key))) === fingerprintOf(key)) return key;
  throw new EnvironmentRefused(
    `SECRET_KEY: this database was used with ${key === null ? 'a key that is not here' : 'another key'}; ` +
      `set SECRET_KEY to that one or put its file back as ${keyFile(environment)} (lost: see npm run restore -- --help).`,
  );
}

/** Gets its name when it is whole and on the disk; of two programs that make one, the first one's stays. */
function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}`;
  try {
    const key = `${randomBytes(32).toString('base64url')}\n`;
    writeFileSync(unfinished, key, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

export function mailSettingsOf(environment: Environment): MailSettings {
  const { SMTP_URL, MAIL_FROM, NOTIFY_URL, NOTIFY_API_KEY, NOTIFY_MAIL_TEMPLATE, NOTIFY_SMS_TEMPLATE } =
    environment;
  return {
    smtp: SMTP_URL && MAIL_FROM ? { url: SMTP_URL, from: MAIL_FROM } : null,
    notify: NOTIFY_API_KEY
      ? {
          url: NOTIFY_URL ?? 'https://api.notifynl.nl',
          apiKey: NOTIFY_API_KEY,
          mailTemplate: NOTIFY_MAIL_TEMPLATE ?? null,
          smsTemplate: NOTIFY_SMS_TEMPLATE ?? null,
          callbackToken: environment.NOTIFY_CALLBACK_TOKEN ?? null,
        }
      : null,
  };
}

export const webhookSettingsOf = ({ OIN, WEBHOOK_PRIVATE }: Environment): WebhookSettings => ({
  oin: OIN ?? '0'.repeat(20),
  allowed: WEBHOOK_PRIVATE?.split(',').map((part) => part.trim()) ?? [],
});
