import type { RequestHandler, Response, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { type Signal, SignalChange, SignalsQuery } from '#shared/contract/signals.ts';
import { dateOfDay, dayOf, dayOfDate, startOfDay } from '#shared/core/calendar.ts';
import { readJson } from '../../http/body.ts';
import { parse } from '../../http/parse.ts';
import { reachOf } from '../../http/reach.ts';
import { sendJson } from '../../http/respond.ts';
import { apiRouter } from '../../http/router.ts';
import type { Settings, SignalRecord, Store } from '../../storage/port.ts';
import { reachesSignal } from '../../storage/reach.ts';
import type { SignalWatch } from './watch.ts';

export interface SignalOptions {
  store: Store;
  watch: Pick<SignalWatch, 'settle'>;
  now: () => number;
  figures: RequestHandler;
  change: RequestHandler;
}

export function signalRoutes({ store, watch, now, figures, change }: SignalOptions): Router {
  const router = apiRouter();
  const view = (signal: SignalRecord) => signalOf(signal, store.settings(), dayOf(now()));

  const within = (response: Response) => (signal: SignalRecord) =>
    reachesSignal(store.settings(), reachOf(response), signal);

  router.get('/signals', figures, async (request, response) => {
    const { status } = parse(SignalsQuery, request.query);
    const items = (await store.signals()).filter(within(response)).map(view);
    sendJson(response, 200, {
      items: items.filter((item) => status === undefined || item.status === status),
    });
  });

  const applied = async (id: number, { status, acknowledged, snoozedUntil }: SignalChange) => {
    if (status === 'settled') return watch.settle(id);
    return store.changeSignal(id, {
      ...(acknowledged === undefined ? {} : { acknowledgedAt: acknowledged ? now() : null }),
      ...(snoozedUntil === undefined
        ? {}
        : { snoozedUntil: snoozedUntil === null ? null : startOfDay(dayOfDate(snoozedUntil)) }),
    });
  };

  router.patch('/signals/:id', change, async (request, response) => {
    const change = parse(SignalChange, await readJson(request, limits.bodyBytes));
    const id = Number(request.params.id);
    const known = (await store.signals()).filter(within(response)).some((one) => one.id === id);
    const signal = known ? await applied(id, change) : null;
    if (!signal) throw new ProblemError('not-found', 'There is no signal with this id.');
    sendJson(response, 200, view(signal));
  });

  return router;
}

/** As the outside sees it; what is to be explained runs on until it is settled. */
export function signalOf(record: SignalRecord, settings: Settings, today: number): Signal {
  const {
    scope,
    key,
    baseFrom,
    baseTo,
    raisedAt,
    since,
    settledAt,
    acknowledgedAt,
    snoozedUntil,
    ...figures
  } = record;
  const touchpoint = scope === 'touchpoint' ? settings.touchpoints.find((one) => one.key === key) : undefined;
  const named = touchpoint ?? settings.channels.find((one) => one.key === key);
  const channel = touchpoint?.channel ?? key;
  // A rating of the evening before may be the first of the fall: the periods never overlap.
  const from = Math.max(dayOf(since), baseTo + 1);
  const to = Math.max(from, settledAt === null ? today : dayOf(settledAt));
  return {
    ...figures,
    ...{ scope, key, label: named?.name ?? key, channel },
    raisedAt: new Date(raisedAt).toISOString(),
    since: new Date(since).toISOString(),
    status: settledAt === null ? 'open' : 'settled',
    ...(settledAt === null ? {} : { settledAt: new Date(settledAt).toISOString() }),
    ...(acknowledgedAt === null ? {} : { acknowledgedAt: new Date(acknowledgedAt).toISOString() }),
    ...(snoozedUntil === null ? {} : { snoozedUntil: dateOfDay(dayOf(snoozedUntil)) }),
    explanation: {
      from: dateOfDay(from),
      to: dateOfDay(to),
      baseFrom: dateOfDay(baseFrom),
      baseTo: dateOfDay(baseTo),
      channel: [channel],
      ...(touchpoint ? { touchpoint: [key] } : {}),
      by: touchpoint ? ['product', 'daypart'] : ['touchpoint', 'product', 'daypart'],
    },
  };
}
