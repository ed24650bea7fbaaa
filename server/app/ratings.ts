import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { apiHeaders, transportHeaders } from '../http/headers.ts';
import { type Lane, openLane } from '../http/lane.ts';
import type { Asker } from '../http/whole-request.ts';
import { type DoorOptions, ratingRequest, ratingsDoor } from '../ingest/door.ts';
import { deviceOfScope } from '../storage/port/devices.ts';
import type { Store } from '../storage/port.ts';

export interface RatingsOptions extends Omit<DoorOptions, 'senderOf'> {
  server: Server;
  store: Store;
  scopeOf: (asker: Asker) => Promise<string | null>;
  /** Whether the server ends TLS itself, and whether it is reached by TLS at all. */
  tls: boolean;
  secure: boolean;
  /** Whatever is not a rating. */
  otherwise: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The ways by which ratings come in; null where TLS comes first, so that no connection can be read before it. */
export function ratings({
  server,
  store,
  scopeOf,
  tls,
  secure,
  otherwise,
  ...rest
}: RatingsOptions): Lane | null {
  const door = ratingsDoor({
    ...rest,
    senderOf: async (asker) => {
      const scope = await scopeOf(asker);
      const id = deviceOfScope(scope);
      if (id !== null) return { device: { id, touchpoints: store.settings().devicePlaces.get(id) ?? [] } };
      return { touchpoint: scope?.startsWith('telephony:') ? scope.slice('telephony:'.length) : undefined };
    },
  });
  server.on('request', (request, response) =>
    door.open(request, response, () => otherwise(request, response)),
  );
  if (tls) return null;
  const headers = { ...apiHeaders, ...transportHeaders(secure) };
  return openLane(server, { request: ratingRequest, answer: door.rating, headers });
}
