import { randomUUID } from 'node:crypto';
import { freePort } from '../../support/mailbox.ts';
import { parametersOf, sendWebhook } from '../../support/phone.ts';
import { startPrepared } from '../../support/prepared.ts';
import type { Program } from '../../support/program.ts';
import { get, send } from '../../support/ratings.ts';

export const line = 'telefoon-14079';
export const secret = 'a secret of the platform';
/** How the world knows it: what is signed and what action addresses begin with. */
export const publicUrl = 'https://klantpuls.voorbeeld.nl';
export let program: Program;
export let here: string;
export let tokens: Record<'viewer' | 'admin' | 'line' | 'manager' | 'privacy', string>;

export async function start(): Promise<void> {
  const port = await freePort();
  here = `http://127.0.0.1:${port}`;
  const started = await startPrepared({
    environment: { PORT: String(port), PUBLIC_URL: publicUrl, LOG_LEVEL: 'debug' },
    settings: { products: [{ key: 'paspoort', name: 'Paspoort', upl: null, retired: false }] },
    tokens: {
      viewer: 'viewer',
      admin: 'admin',
      manager: 'manager',
      privacy: 'privacy',
      line: `machine telephony:${line}`,
    },
  });
  program = started.program;
  tokens = started.tokens;
}
export async function stop(): Promise<void> {
  await program.stop();
}

export const as = (token: string) => ({ authorization: `Bearer ${token}` });
export const api = (method: string, path: string, body?: unknown, token = tokens.admin) =>
  send<Record<string, unknown>>(method, `${here}/api/v1${path}`, body, as(token));
export const settings = { platform: 'twilio', languages: [] as string[], voices: {}, recordings: {} };
export const setLine = (fields: object) => api('PUT', `/telephony/lines/${line}`, { ...settings, ...fields });

export const message = (callId: string, action: string, more: Record<string, string> = {}) =>
  sendWebhook(here + action.slice(publicUrl.length), parametersOf(callId, more), { secret, signed: action });
export const begin = `${publicUrl}/api/v1/telephony/twiml/${line}`;
export const newCall = () => `CA${randomUUID().replaceAll('-', '')}`;

export interface Rate {
  touchpoint: string;
  offers: number;
  calls: number;
  rated: number;
  brokenOff: number;
  responseRate: number | null;
}
/** The response rate of the line. */
export const rate = async (query = '') => {
  const reply = await get<{ items: Rate[] }>(here, `/telephony/response-rates${query}`, tokens.viewer);
  return reply.body.items.find(({ touchpoint }) => touchpoint === line);
};
