import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '#shared/contract/errors.ts';
import { apiHeaders } from '../http/headers.ts';
import { sendError } from '../http/respond.ts';
import type { Asker } from '../http/whole-request.ts';
import type { Settings } from '../storage/port.ts';

/** Which websites may send ratings: the exact origins that a touchpoint lists, and ourselves. Never with credentials. */
export class Origins {
  readonly #settings: () => Settings;
  readonly #own: string | null;

  constructor(settings: () => Settings, publicUrl: string | null) {
    this.#settings = settings;
    this.#own = publicUrl === null ? null : new URL(publicUrl).origin;
  }

  /** Whether a request comes from a page of our own. */
  isOwn(request: Asker): boolean {
    const { origin, host } = request.headers;
    return (
      origin === undefined ||
      origin === this.#own ||
      origin === `http://${host}` ||
      origin === `https://${host}`
    );
  }

  /** Whether a sender may reach a touchpoint; without one: any that lists it. */
  allows(request: Asker, touchpoint: unknown): boolean {
    const { origin } = request.headers;
    return (
      origin === undefined ||
      this.isOwn(request) ||
      this.#settings().touchpoints.some(
        ({ key, origins }) => (touchpoint === undefined || key === touchpoint) && origins.includes(origin),
      )
    );
  }

  /** The headers to answer with; throws for a website that is not listed. Without a touchpoint any listed one will do. */
  check(request: Asker, touchpoint: unknown): Record<string, string> | undefined {
    const { origin } = request.headers;
    if (origin === undefined || this.isOwn(request)) return undefined;
    if (!this.allows(request, touchpoint))
      throw new ProblemError(
        'origin-not-allowed',
        `Add ${origin.slice(0, 200)} to the touchpoint's origins.`,
      );
    return {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'Retry-After',
      Vary: 'Origin',
    };
  }

  /** For a page of our own, which no other website may send from. */
  checkOwn(request: Asker): void {
    if (!this.isOwn(request))
      throw new ProblemError('origin-not-allowed', 'This page takes ratings from itself only.');
  }

  preflight(request: IncomingMessage, response: ServerResponse): void {
    try {
      const cors = this.check(request, undefined);
      const asked = {
        'Access-Control-Allow-Methods': 'POST, PATCH',
        'Access-Control-Allow-Headers': 'content-type',
        'Access-Control-Max-Age': '600',
      };
      response.writeHead(204, { ...apiHeaders, ...cors, ...asked }).end();
    } catch (error) {
      sendError(response, error, () => {});
    }
  }
}
