import type { Request, Router } from 'express';
import { apiRouter } from '../http/router.ts';
import type { Guard } from './guard.ts';
import type { SignOn } from './sign-on.ts';

export interface SignOnRoutesOptions {
  signOn: SignOn;
  guard: Guard;
  originOf: (request: Request) => string;
  slowDown: (request: Request, key: string) => void;
}

const cookie = 'klantpuls.sign-on';
const path = '/api/v1/sign-on/callback';

export function signOnRoutes({ signOn, guard, originOf, slowDown }: SignOnRoutesOptions): Router {
  const router = apiRouter();
  const withCookie = (request: Request, value: string, seconds: number) =>
    `${cookie}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${originOf(request).startsWith('https:') ? '; Secure' : ''}`;

  router.get('/sign-on', async (request, response) => {
    slowDown(request, 'sign-on');
    const { url, trip } = await signOn.begin(`${originOf(request)}${path}`);
    response.append('Set-Cookie', withCookie(request, trip, 600)).redirect(302, url);
  });

  router.get('/sign-on/callback', guard.entrance, async (request, response) => {
    slowDown(request, 'sign-on');
    const trip = new RegExp(`(?:^|; )${cookie.replace('.', '\\.')}=([\\w.-]+)`).exec(
      request.headers.cookie ?? '',
    )?.[1];
    const address = new URL(request.originalUrl, originOf(request));
    const result = await signOn.finish(address, trip ?? '', request.headers['user-agent']);
    response.append('Set-Cookie', withCookie(request, '', 0));
    if (typeof result === 'string') return response.redirect(302, `/?aanmelden=${result}`);
    response.locals.principal = result.principal;
    response.append('Set-Cookie', result.cookies).redirect(302, '/');
  });

  return router;
}
