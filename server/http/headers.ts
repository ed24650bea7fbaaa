import type { RequestHandler } from 'express';
import helmet from 'helmet';

export const apiVersion = '1.0.0';

/** On every answer of the API. */
export const apiHeaders = {
  'API-Version': apiVersion,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const;

/** On every answer of a server that is reached by TLS: a year, for whoever came over TLS once. */
export const transportHeaders = (secure: boolean): Record<string, string> =>
  secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {};

/** No inline script or style, nothing from elsewhere, no page of ours in a frame of somebody else. */
export function pageHeaders(): RequestHandler {
  const own = ["'self'"];
  const none = ["'none'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: own,
        styleSrc: own,
        connectSrc: own,
        imgSrc: [...own, 'data:'],
        fontSrc: own,
        manifestSrc: own,
        workerSrc: own,
        baseUri: none,
        formAction: own,
        frameAncestors: none,
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['klantpuls'],
      },
    },
    frameguard: { action: 'deny' },
    // Set for every answer, the API's too, where there is TLS.
    strictTransportSecurity: false,
  });
}
