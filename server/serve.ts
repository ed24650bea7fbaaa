import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { pino } from 'pino';
import { createApp } from './app.ts';
import {
  databaseFile,
  type Environment,
  mailSettingsOf,
  secretKeyOf,
  signOnOf,
  webhookSettingsOf,
} from './environment.ts';
import type { Store } from './storage/port.ts';

/** So many connections wait to be taken, as far as the system allows; others try again after one second, three, seven. */
const mostKnocking = 4096;

export interface Running {
  /** Where it listens, such as http://127.0.0.1:3000. */
  url: string;
  /** The one-time link for the first administrator, when there is none yet. */
  setupUrl: string | null;
  readonly app: Express;
  close(): Promise<void>;
}

export interface ServeOptions {
  store: Store;
  environment: Environment;
  demo?: { email: string; password: string };
  now?: () => number;
}

/** Listens, and makes the first administrator from the environment or a link for one. */
export async function serve({ store, environment, demo, now = Date.now }: ServeOptions): Promise<Running> {
  const {
    TLS_CERT,
    TLS_KEY,
    PUBLIC_URL,
    TRUST_PROXY,
    RATE_LIMIT,
    LOG_LEVEL,
    PORT,
    HOST,
    ADMIN_EMAIL,
    ADMIN_PASSWORD,
  } = environment;
  const log = pino({ level: LOG_LEVEL, base: null });
  const app = createApp({
    store,
    secret: await secretKeyOf(environment, store),
    log,
    now,
    publicUrl: PUBLIC_URL ?? null,
    twimlAuthToken: environment.TWIML_AUTH_TOKEN ?? null,
    tls: TLS_CERT && TLS_KEY ? { cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY) } : null,
    trustProxy: TRUST_PROXY ?? null,
    rateLimit: RATE_LIMIT === 'on',
    passwordList: environment.PASSWORD_LIST,
    signOn: signOnOf(environment),
    files: { database: databaseFile(environment), backups: demo ? null : (environment.BACKUP_DIR ?? null) },
    mail: mailSettingsOf(environment),
    webhooks: webhookSettingsOf(environment),
    demo,
  });
  await new Promise<void>((resolve, reject) => {
    app.server.once('error', reject);
    app.server.listen({ port: PORT, host: HOST, backlog: mostKnocking }, resolve);
  });
  const { port } = app.server.address() as AddressInfo;
  const host = HOST.includes(':') ? `[${HOST}]` : HOST;
  const url = `${TLS_CERT ? 'https' : 'http'}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;

  let setupUrl: string | null = null;
  if (demo) await app.access.addAccount({ ...demo, name: 'Demo', role: 'admin' });
  else if (!(await store.access.hasAccounts())) {
    if (ADMIN_EMAIL && ADMIN_PASSWORD) {
      const first = {
        email: ADMIN_EMAIL,
        password: ADMIN_PASSWORD,
        name: 'Beheerder',
        role: 'admin' as const,
      };
      // Of several that start at once one makes it.
      await app.access.addAccount(first).catch(async (error: unknown) => {
        if (!(await store.access.hasAccounts())) throw error;
      });
    } else setupUrl = `${PUBLIC_URL ?? url}/setup#${await app.access.makeSetupLink()}`;
  }
  return { url: PUBLIC_URL ?? url, setupUrl, app: app.app, close: app.close };
}
