import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { readJson } from '../http/body.ts';
import type { Limit } from '../http/limiter.ts';
import { sendError, sendJson } from '../http/respond.ts';
import { type Ingest, type Sender, vouched } from './accept-ratings.ts';
import type { FormTokens } from './form-token.ts';
import type { Origins } from './origins.ts';

export interface DoorOptions {
  ingest: Ingest;
  origins: Origins;
  limit: Limit;
  /** How much a tablet may send: many of them share one address. */
  deviceLimit: (device: number, cost: number, paid?: number) => void;
  formTokens: FormTokens;
  senderOf: (request: IncomingMessage) => Promise<Sender>;
  log: (error: unknown) => void;
}

const anonymous: Sender = {};
const path = '/api/v1/ratings';

/**
 * The way in for ratings, taken before Express, its router and any body parser: most of what a rating costs would
 * otherwise be the way to this function.
 */
export function ratingsDoor({
  ingest,
  origins,
  limit,
  deviceLimit,
  formTokens,
  senderOf,
  log,
}: DoorOptions): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  const reach = (request: IncomingMessage) =>
    origins.isOwn(request) ? {} : { mayReach: (touchpoint: string) => origins.allows(request, touchpoint) };
  const pay = (request: IncomingMessage, { device }: Sender, cost: number, paid?: number) =>
    device ? deviceLimit(device.id, cost, paid) : limit(request, cost, paid);

  /** Who sends, after the first of what this costs; a token that is not valid costs its address as much. */
  async function senderAfterToll(request: IncomingMessage): Promise<Sender> {
    let sender = anonymous;
    try {
      if (request.headers.authorization) sender = await senderOf(request);
    } catch (error) {
      limit(request, 1);
      throw error;
    }
    pay(request, sender, 1);
    return sender;
  }

  /** The frame of every way in: who may send, how often, and what a failure looks like. */
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    work: (sender: Sender) => Promise<{ status: number; body: unknown }>,
  ): Promise<void> {
    let cors: Record<string, string> | undefined;
    try {
      cors = origins.check(request, undefined);
      const { status, body } = await work(await senderAfterToll(request));
      sendJson(response, status, body, cors);
    } catch (error) {
      const refused = error instanceof ProblemError && error.code === 'origin-not-allowed';
      sendError(response, error, log, refused ? undefined : cors);
    }
  }

  const post = (request: IncomingMessage, response: ServerResponse) =>
    answer(request, response, async (sender) => {
      const raw = await readJson(request, limits.bodyBytes);
      origins.check(request, (raw as { touchpoint?: unknown } | null)?.touchpoint);
      if (formTokens.vouchesFor(raw)) pay(request, sender, vouched, 1);
      const rating = await ingest.one(raw, sender);
      return { status: rating.status === 'accepted' ? 201 : 200, body: rating };
    });

  const patch = (request: IncomingMessage, response: ServerResponse, id: string) =>
    answer(request, response, async (sender) => {
      const raw = await readJson(request, limits.bodyBytes);
      return { status: 200, body: await ingest.add(id, raw, { ...sender, ...reach(request) }) };
    });

  const batch = (request: IncomingMessage, response: ServerResponse) =>
    answer(request, response, async (sender) => {
      const raw = await readJson(request, limits.batchBytes);
      const items = (raw as { ratings?: unknown } | null)?.ratings;
      if (Array.isArray(items) && items.length <= limits.batchRatings) pay(request, sender, items.length, 1);
      return { status: 200, body: await ingest.batch(raw, { ...sender, ...reach(request) }) };
    });

  return (request, response, next) => {
    const { method, url: whole = '' } = request;
    if (!whole.startsWith(path)) return next();
    const query = whole.indexOf('?');
    const url = query < 0 ? whole : whole.slice(0, query);
    if (url === path && method === 'POST') return void post(request, response);
    if (url === `${path}/batch` && method === 'POST') return void batch(request, response);
    const id = url.startsWith(`${path}/`) ? url.slice(path.length + 1) : '';
    const known = url === path || (id !== '' && !id.includes('/'));
    if (known && method === 'OPTIONS') return origins.preflight(request, response);
    if (!known) return next();
    const one = id !== '' && id !== 'batch';
    if (one && method === 'PATCH') return void patch(request, response, id);
    const allowed = one ? 'PATCH' : 'POST';
    const refusal = new ProblemError('method-not-allowed', `Use ${allowed} here.`);
    sendError(response, refusal, log, { Allow: allowed });
  };
}
