import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import type { RatingAccepted } from '#shared/contract/rating.ts';
import { jsonOf, readJson } from '../http/body.ts';
import type { Limit } from '../http/limiter.ts';
import { errorReply, jsonReply, type Reply, send, sendError } from '../http/respond.ts';
import type { Asker } from '../http/whole-request.ts';
import { queueFull } from '../storage/group-commit.ts';
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
  senderOf: (request: Asker) => Promise<Sender>;
  log: (error: unknown) => void;
}

const anonymous: Sender = {};
const path = '/api/v1/ratings';
/** What `rating` takes. */
export const ratingRequest = `POST ${path}`;

export interface Door {
  /** Taken before Express, its router and any body parser; what is not for it goes to `next`. */
  open(request: IncomingMessage, response: ServerResponse, next: () => void): void;
  /** One rating whose request was read already; never throws. */
  rating(asker: Asker, body: Buffer): Promise<Reply>;
}

/** The way in for ratings: most of what a rating costs would otherwise be the way to this function. */
export function ratingsDoor({
  ingest,
  origins,
  limit,
  deviceLimit,
  formTokens,
  senderOf,
  log,
}: DoorOptions): Door {
  const reach = (asker: Asker) =>
    origins.isOwn(asker) ? {} : { mayReach: (touchpoint: string) => origins.allows(asker, touchpoint) };
  const pay = (asker: Asker, { device }: Sender, cost: number, paid?: number) =>
    device ? deviceLimit(device.id, cost, paid) : limit(asker, cost, paid);

  /** Who has a token; one that is not valid costs its address as much. */
  const named = (asker: Asker): Promise<Sender> =>
    senderOf(asker).catch((error) => {
      limit(asker, 1);
      throw error;
    });

  /**
   * The frame of every way in: who may send, how often, and what a failure looks like. Never throws. Not `async`: each step of
   * that kind is a promise more for every rating.
   */
  function reply<Body>(
    asker: Asker,
    work: (sender: Sender) => Promise<Body>,
    statusOf: (body: Body) => number = () => 200,
  ): Promise<Reply> {
    let cors: Record<string, string> | undefined;
    const refuse = (error: unknown): Reply => {
      const refused = error instanceof ProblemError && error.code === 'origin-not-allowed';
      return errorReply(error, log, refused ? undefined : cors);
    };
    const paid = (sender: Sender): Promise<Body> => {
      pay(asker, sender, 1);
      return work(sender);
    };
    try {
      cors = origins.check(asker, undefined);
      // Before anything is read: a refusal that costs as much as a rating would leave nobody served.
      if (ingest.isFull()) return Promise.resolve(refuse(queueFull));
      const done = asker.headers.authorization ? named(asker).then(paid) : paid(anonymous);
      return done.then((body) => jsonReply(statusOf(body), body, cors), refuse);
    } catch (error) {
      return Promise.resolve(refuse(error));
    }
  }

  function accept(asker: Asker, raw: unknown, sender: Sender): Promise<RatingAccepted> {
    origins.check(asker, (raw as { touchpoint?: unknown } | null)?.touchpoint);
    if (formTokens.vouchesFor(raw)) pay(asker, sender, vouched, 1);
    return ingest.one(raw, sender);
  }
  const statusOf = ({ status }: RatingAccepted) => (status === 'accepted' ? 201 : 200);

  const post = (request: IncomingMessage) =>
    reply(
      request,
      async (sender) => accept(request, await readJson(request, limits.bodyBytes), sender),
      statusOf,
    );

  const patch = (request: IncomingMessage, id: string) =>
    reply(request, async (sender) => {
      const raw = await readJson(request, limits.bodyBytes);
      return ingest.add(id, raw, { ...sender, ...reach(request) });
    });

  const batch = (request: IncomingMessage) =>
    reply(request, async (sender) => {
      const raw = await readJson(request, limits.batchBytes);
      const items = (raw as { ratings?: unknown } | null)?.ratings;
      if (Array.isArray(items) && items.length <= limits.batchRatings) pay(request, sender, items.length, 1);
      return ingest.batch(raw, { ...sender, ...reach(request) });
    });

  return {
    rating: (asker, body) =>
      reply(asker, (sender) => accept(asker, jsonOf(asker, body, limits.bodyBytes), sender), statusOf),

    open(request, response, next) {
      const { method, url: whole = '' } = request;
      if (!whole.startsWith(path)) return next();
      const query = whole.indexOf('?');
      const url = query < 0 ? whole : whole.slice(0, query);
      const answer = (made: Promise<Reply>) =>
        void made.then((done) => (response.headersSent ? response.destroy() : send(response, done)));
      if (url === path && method === 'POST') return answer(post(request));
      if (url === `${path}/batch` && method === 'POST') return answer(batch(request));
      const id = url.startsWith(`${path}/`) ? url.slice(path.length + 1) : '';
      const known = url === path || (id !== '' && !id.includes('/'));
      if (known && method === 'OPTIONS') return origins.preflight(request, response);
      if (!known) return next();
      const one = id !== '' && id !== 'batch';
      if (one && method === 'PATCH') return answer(patch(request, id));
      const allowed = one ? 'PATCH' : 'POST';
      const refusal = new ProblemError('method-not-allowed', `Use ${allowed} here.`);
      sendError(response, refusal, log, { Allow: allowed });
    },
  };
}
