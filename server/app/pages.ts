import { join } from 'node:path';
import compression from 'compression';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { dashboardPages } from '#shared/contract/pages.ts';
import { pageHeaders } from '../http/headers.ts';
import { packed } from '../http/packed.ts';
import type { Settings } from '../storage/port.ts';

const built = join(import.meta.dirname, '../../client/dist');

export interface PagesOptions {
  settings: () => Settings;
  originOf: (request: Request) => string;
  now: () => number;
}

/** Headers of everything that is no API, the pages that the build made, and whom to tell of a weakness. */
export function pages({ settings, originOf, now }: PagesOptions): RequestHandler[] {
  const router = Router();
  const page = (file: string) => (_request: Request, response: Response) =>
    response.set('Cache-Control', 'no-cache').sendFile(join(built, file));
  router.get([...dashboardPages, '/beheer/*section'], page('index.html'));
  router.get('/kiosk', page('kiosk/index.html'));
  router.get('/.well-known/security.txt', (request, response) => {
    const origin = originOf(request);
    const contact = settings().contacts.security ?? `${origin}/privacy`;
    const lines = [
      `Contact: ${contact.includes('@') && !contact.includes(':') ? `mailto:${contact}` : contact}`,
      // RFC 9116: less than a year ahead.
      `Expires: ${new Date(now() + 180 * 86_400_000).toISOString()}`,
      'Preferred-Languages: nl, en',
      `Canonical: ${origin}/.well-known/security.txt`,
    ];
    response
      .set('Cache-Control', 'no-cache')
      .type('text')
      .send(`${lines.join('\n')}\n`);
  });
  return [
    compression(),
    pageHeaders(),
    packed(built),
    express.static(built, { index: false, redirect: false, setHeaders: cacheHeaders }),
    router,
  ];
}

/** Files with a hash in their name never change; the widget may be a little old, the rest is asked for again. */
function cacheHeaders(response: Response | import('node:http').ServerResponse, path: string): void {
  const immutable = path.includes('/assets/');
  const age = immutable
    ? 'public, max-age=31536000, immutable'
    : /widget\.js(?:\.br|\.gz)?$/.test(path)
      ? 'public, max-age=600'
      : 'no-cache';
  response.setHeader('Cache-Control', age);
  if (/[/\\]widget(?:-[0-9a-f]+)?\.js(?:on)?(?:\.br|\.gz)?$/.test(path)) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  }
}
