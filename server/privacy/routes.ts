import type { RequestHandler, Router } from 'express';
import * as z from 'zod';
import { ProblemError } from '#shared/contract/errors.ts';
import { ErasureQuery, Retention } from '#shared/contract/privacy.ts';
import { dayOfDate, startOfDay } from '#shared/core/calendar.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { PrivacyStore } from '../storage/port/privacy.ts';
import type { Settings } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';
import type { RetentionJob } from './job.ts';
import { cutsAt, expiringOf } from './retention.ts';

export interface PrivacyRoutesOptions {
  store: PrivacyStore;
  settings: () => Settings;
  references: References;
  job: RetentionJob;
  now: () => number;
  privacy: RequestHandler;
  erasure: RequestHandler;
}

/** The labels that the redaction puts. */
export const labels = [
  'e-mailadres',
  'webadres',
  'IBAN',
  'BSN',
  'telefoonnummer',
  'nummer',
  'adres',
  'kenteken',
  'documentnummer',
  'V-nummer',
  'geboortedatum',
  'datum',
  'naam',
].map((label) => `[${label}]`);

const Previewed = z.object(
  Object.fromEntries(Object.keys(Retention.shape).map((name) => [name, z.coerce.number().optional()])),
);
const mostFound = 100;

/** Periods, what they would remove, what the redaction took away, and erasing what somebody asks for. */
export function privacyRoutes(options: PrivacyRoutesOptions): Router {
  const { store, settings, references, job, now, privacy, erasure } = options;
  const router = apiRouter();

  const stateOf = async (periods: Retention) => {
    const cuts = cutsAt(now(), periods);
    const rows = await store.older(cuts);
    return { periods, expiring: expiringOf(cuts, rows), lastRun: await store.lastRun() };
  };
  router.get('/privacy/retention', privacy, async (request, response) => {
    const asked = parse(Previewed, request.query);
    sendJson(response, 200, await stateOf(parse(Retention, { ...settings().retention, ...asked })));
  });
  router.put('/privacy/retention', privacy, async (request, response) => {
    const periods = parse(Retention, await readJson(request, 4096));
    await store.setRetention(periods);
    sendJson(response, 200, await stateOf(periods));
  });
  router.post('/privacy/retention-runs', privacy, async (_request, response) => {
    sendJson(response, 201, await job.run());
  });

  router.get('/privacy/redactions', privacy, async (_request, response) => {
    const { comments, redacted, counts } = await store.labels(labels);
    const items = labels.map((label, place) => ({ label, comments: counts[place]! }));
    sendJson(response, 200, { comments, redacted, labels: items });
  });

  router.get('/privacy/comments', erasure, async (request, response) => {
    const { text, from, to, touchpoint } = parse(ErasureQuery, request.query);
    const found = await store.search({
      text: text ?? null,
      from: from === undefined ? null : startOfDay(dayOfDate(from)),
      to: to === undefined ? null : startOfDay(dayOfDate(to) + 1),
      touchpoint: touchpoint ?? null,
      most: mostFound,
    });
    const items = found.map(({ number, at, text: comment, ...rest }) => ({
      ...{ reference: references.of(number), at: new Date(at).toISOString(), ...rest, comment },
    }));
    sendJson(response, 200, { items });
  });
  router.delete('/privacy/comments/:reference', erasure, async (request, response) => {
    const number = references.numberOf(String(request.params.reference));
    if (number === null || !(await store.erase(number)))
      throw new ProblemError('not-found', 'There is no comment with this reference.');
    response.status(204).end();
  });
  return router;
}
