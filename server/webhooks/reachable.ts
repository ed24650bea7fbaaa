import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export class Unreachable extends Error {}

const ranges = (entries: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

/** Not of the internet: this machine, networks of one's own, and what has no place at all (RFC 6890). */
const closed = ranges([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '::/128', '::1/128', '64:ff9b::/96', '100::/64', '2001:db8::/32'],
  ...['fc00::/7', 'fe80::/10', 'ff00::/8'],
]);

export interface Reachable {
  /** Refuses a host that is written as an address; a name is looked at when it is resolved. */
  checkHost(hostname: string): void;
  /** For a connection: only addresses that may be reached, looked up for this very connection. */
  lookup: LookupFunction;
}

/** `allowed`: addresses and subnets of one's own that may be reached all the same. */
export function reachable(allowed: readonly string[]): Reachable {
  const open = ranges(allowed);
  const may = (address: string): boolean => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    return open.check(plain, family) || !closed.check(plain, family);
  };
  const refused = (host: string) =>
    new Unreachable(`${host} is an address of a private network; see WEBHOOK_PRIVATE`);
  return {
    checkHost(hostname) {
      const host = hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !may(host)) throw refused(host);
    },
    lookup(hostname, options, done) {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return done(error, []);
        const usable = addresses.filter(({ address }) => may(address));
        if (usable.length < addresses.length || usable.length === 0) return done(refused(hostname), []);
        if (options.all) return done(null, usable);
        return done(null, usable[0]!.address, usable[0]!.family);
      });
    },
  };
}
