import { randomUUID } from 'node:crypto';
import type { RatingInput } from '#shared/contract/rating.ts';

/** A rating that names only what matters to the test. */
export const aRating = (
  fields: Partial<RatingInput> & Record<string, unknown> = {},
): Record<string, unknown> => ({
  id: randomUUID(),
  touchpoint: 'balie-1',
  ...('smiley' in fields ? {} : { grade: 8 }),
  ...fields,
});

export interface Reply<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

export async function send<Body = Record<string, unknown>>(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<Body>> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text ? JSON.parse(text) : null) as Body,
  };
}

export const post = (url: string, rating: unknown, headers?: Record<string, string>) =>
  send('POST', `${url}/api/v1/ratings`, rating, headers);

export const get = <Body>(url: string, path: string, token?: string) =>
  send<Body>('GET', `${url}/api/v1${path}`, undefined, token ? { authorization: `Bearer ${token}` } : {});
