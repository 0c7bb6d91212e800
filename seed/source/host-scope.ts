import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** From where an address can be reached. `private` has loopback, private and reserved ranges. */
export type Scope = 'public' | 'private' | 'link-local';

/** IANA's special-purpose registries (2026-11). A cloud's metadata service is link-local. */
const RANGES = {
  private: [
    ['0.0.0.0', 8, 'ipv4'],
    ['10.0.0.0', 8, 'ipv4'],
    ['100.64.0.0', 10, 'ipv4'],
    ['127.0.0.0', 8, 'ipv4'],
    ['172.16.0.0', 12, 'ipv4'],
    ['192.0.0.0', 24, 'ipv4'],
    ['192.168.0.0', 16, 'ipv4'],
    ['198.18.0.0', 15, 'ipv4'],
    ['224.0.0.0', 3, 'ipv4'],
    ['::', 127, 'ipv6'],
    ['fc00::', 7, 'ipv6'],
    ['fec0::', 10, 'ipv6'],
  ],
  'link-local': [
    ['169.254.0.0', 16, 'ipv4'],
    ['fe80::', 10, 'ipv6'],
  ],
} as const;

const lists = Object.entries(RANGES).map(([scope, ranges]) => {
  const list = new BlockList();
  for (const [address, bits, family] of ranges) list.addSubnet(address, bits, family);
  return { scope: scope as Scope, list };
});

/** The scope of an IP address; an IPv4 address inside of an IPv6 one counts as itself. */
export function scopeOf(address: string): Scope {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return lists.find(({ list }) => list.check(address, family))?.scope ?? 'public';
}

/** The addresses of a URL's host with their scopes; none if it cannot be resolved. */
export async function hostAddresses({ hostname }: URL): Promise<{ address: string; scope: Scope }[]> {
  try {
    const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
    return found.map(({ address }) => ({ address, scope: scopeOf(address) }));
  } catch {
    // The request itself then fails with the reason.
    return [];
  }
}
