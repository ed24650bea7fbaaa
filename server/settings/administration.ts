import type { Request, RequestHandler, Router } from 'express';
import { type FieldError, ProblemError } from '#shared/contract/errors.ts';
import { limits } from '#shared/contract/limits.ts';
import {
  ChannelChange,
  ClosedDays,
  NewChannel,
  NewProduct,
  NewTouchpoint,
  ProductChange,
  TouchpointChange,
  type TrialRating,
} from '#shared/contract/settings.ts';
import { readJson } from '../http/body.ts';
import { parse } from '../http/parse.ts';
import { sendJson } from '../http/respond.ts';
import { apiRouter } from '../http/router.ts';
import type { Store } from '../storage/port.ts';
import type { References } from '../storage/reference.ts';

export interface AdministrationOptions {
  store: Pick<Store, 'settings' | 'changeSettings' | 'voids'>;
  references: References;
  administration: RequestHandler;
}

const wrong = (pointer: string, code: FieldError['code'], detail: string) =>
  new ProblemError('invalid-input', detail, { errors: [{ pointer, code, detail }] });
const trialShown = 20;

/** Channels, touchpoints, products and closed days. What has ratings is retired, never deleted. */
export function administrationRoutes({ store, references, administration }: AdministrationOptions): Router {
  const router = apiRouter();
  const body = (request: Request) => readJson(request, limits.bodyBytes);
  const inUse = (what: string, key: string) =>
    new ProblemError('conflict', `There is a ${what} with the key ${key} already.`);
  const find = <Item extends { key: string }>(items: readonly Item[], key: unknown, what: string): Item => {
    const item = items.find((one) => one.key === key);
    if (!item) throw new ProblemError('not-found', `There is no ${what} with this key.`);
    return item;
  };
  const channelOf = (key: unknown) => find(store.settings().channels, key, 'channel');
  const touchpointOf = (key: unknown) => {
    const { guarded: _, ...touchpoint } = find(store.settings().touchpoints, key, 'touchpoint');
    return touchpoint;
  };
  const productOf = (key: unknown) => {
    const { id: _, ...product } = find(store.settings().products, key, 'product');
    return product;
  };

  router.post('/channels', administration, async (request, response) => {
    const channel = parse(NewChannel, await body(request));
    if (store.settings().channels.some(({ key }) => key === channel.key)) throw inUse('channel', channel.key);
    await store.changeSettings({ channels: [channel] });
    sendJson(response, 201, channelOf(channel.key));
  });
  router.patch('/channels/:key', administration, async (request, response) => {
    const { key } = channelOf(request.params.key);
    await store.changeSettings({ channels: [{ key, ...parse(ChannelChange, await body(request)) }] });
    sendJson(response, 200, channelOf(key));
  });

  router.post('/touchpoints', administration, async (request, response) => {
    const touchpoint = parse(NewTouchpoint, await body(request));
    const { channels, touchpoints } = store.settings();
    if (touchpoints.some(({ key }) => key === touchpoint.key)) throw inUse('touchpoint', touchpoint.key);
    if (!channels.some(({ key }) => key === touchpoint.channel))
      throw wrong('/channel', 'unknown-value', 'This channel does not exist.');
    await store.changeSettings({ touchpoints: [{ ...touchpoint, retired: false }] });
    sendJson(response, 201, touchpointOf(touchpoint.key));
  });
  const changeTouchpoint = async (key: unknown, change: object) => {
    const { scale: _, ...touchpoint } = touchpointOf(key);
    await store.changeSettings({ touchpoints: [{ ...touchpoint, ...change }] });
    return touchpointOf(key);
  };
  router.patch('/touchpoints/:key', administration, async (request, response) => {
    const change = parse(TouchpointChange, await body(request));
    sendJson(response, 200, await changeTouchpoint(request.params.key, change));
  });
  router.delete('/touchpoints/:key', administration, async (request, response) => {
    await changeTouchpoint(request.params.key, { retired: true });
    response.status(204).end();
  });

  router.get('/touchpoints/:key/trial-ratings', administration, async (request, response) => {
    const { key } = touchpointOf(request.params.key);
    const ratings = await store.voids.trialRatings(key, trialShown);
    const items = ratings.map(
      ({ number, at, answers, form, ...rest }): TrialRating => ({
        reference: references.of(number),
        at: new Date(at).toISOString(),
        version: form,
        answers: answers === null ? {} : JSON.parse(answers),
        ...rest,
      }),
    );
    sendJson(response, 200, { items });
  });

  router.post('/products', administration, async (request, response) => {
    const product = parse(NewProduct, await body(request));
    if (store.settings().products.some(({ key }) => key === product.key)) throw inUse('product', product.key);
    await store.changeSettings({ products: [{ ...product, retired: false }] });
    sendJson(response, 201, productOf(product.key));
  });
  const changeProduct = async (key: unknown, change: object) => {
    await store.changeSettings({ products: [{ ...productOf(key), ...change }] });
    return productOf(key);
  };
  router.patch('/products/:key', administration, async (request, response) => {
    const change = parse(ProductChange, await body(request));
    sendJson(response, 200, await changeProduct(request.params.key, change));
  });
  router.delete('/products/:key', administration, async (request, response) => {
    await changeProduct(request.params.key, { retired: true });
    response.status(204).end();
  });

  router.get('/closed-days', administration, (_request, response) =>
    sendJson(response, 200, { items: store.settings().closedDays }),
  );
  router.put('/closed-days', administration, async (request, response) => {
    const { items } = parse(ClosedDays, await body(request));
    await store.changeSettings({ closedDays: [...new Set(items)].sort() });
    sendJson(response, 200, { items: store.settings().closedDays });
  });

  return router;
}
