import type { RequestHandler } from 'express';

/** The OpenAPI document; it is made when it is first asked for, so that a start waits for none of it. */
export function openApi(publicUrl: string | null, sessionCookie: string): RequestHandler {
  let text: string | null = null;
  return async (_request, response) => {
    text ??= (await import('./document.ts')).documentOf(publicUrl, sessionCookie);
    response.set('Access-Control-Allow-Origin', '*').type('json').send(text);
  };
}
