import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import proxyAddress from 'proxy-addr';
import { ProblemError } from '#shared/contract/errors.ts';
import { Limiter, limitBy } from '../http/limiter.ts';
import type { Asker } from '../http/whole-request.ts';

export interface LimitsOptions {
  rateLimit: boolean;
  trustProxy: string | null;
  /** Whether an address is a proxy of ours, so many steps away. */
  trusts: (address: string, distance: number) => boolean;
  now: () => number;
  log: Logger;
}

/** So many addresses that connect to us are remembered. */
const mostProxies = 100;

/** How much everybody may send, in memory only. */
export function limitsOf({ rateLimit, trustProxy, trusts, now, log }: LimitsOptions) {
  const limiter = (capacity: number, perSecond: number) =>
    rateLimit ? new Limiter({ capacity, perSecond, now }) : null;

  /** Proxies are few, and each passes on much: whether an address is one is worked out once. */
  const proxies = new Map<string, boolean>();
  const isProxy = (address: string, distance: number): boolean => {
    // Behind the first stands what a stranger wrote.
    if (distance > 0) return trusts(address, distance);
    let known = proxies.get(address);
    if (known === undefined) {
      if (proxies.size >= mostProxies) proxies.clear();
      known = trusts(address, 0);
      proxies.set(address, known);
    }
    return known;
  };

  let warned = false;
  const addressOf = (request: Asker): string | null => {
    if (trustProxy === null && request.headers['x-forwarded-for'] !== undefined) {
      if (!warned)
        log.warn(
          'A forwarding header arrives but TRUST_PROXY is not set: no limits per address. Set TRUST_PROXY to the address of your proxy.',
        );
      warned = true;
      return null;
    }
    return proxyAddress(request as IncomingMessage, isProxy) ?? null;
  };

  const pairing = limitBy(limiter(30, 0.2), addressOf);
  // All tablets of a hall share one address, so each has a limit of its own: a day without a network comes in at once.
  const devices = limiter(2_000, 10);
  return {
    limiter,
    addressOf,
    limit: limitBy(limiter(600, 10), addressOf),
    limitPairing: (request: Asker) => pairing(request, 1),
    limitDevice(device: number, cost: number, paid?: number) {
      const wait = devices?.take(`device ${device}`, cost, paid) ?? 0;
      if (wait > 0) throw new ProblemError('too-many', `Try again in ${wait} seconds.`, { retryAfter: wait });
    },
  };
}
