import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { TrustedProxies } from '../config/setting-parsers.ts';

/** Most entries of an `X-Forwarded-For` that are read, from its end. */
const MAX_HOPS = 10;

/**
 * The address of a request's client. Every proxy appends its peer to `X-Forwarded-For`. Only the entries of trusted proxies can be relied
 * on: a client can send any others.
 */
export function createClientAddress(trusted: TrustedProxies | null): (peer: string, forwardedFor?: string) => string {
  if (trusted === null) return (peer) => peer;
  const isTrusted = typeof trusted === 'number' ? (_: string, hop: number) => hop < trusted : inRanges(trusted);
  return (peer, forwardedFor = '') => {
    let address = plainAddress(peer) ?? peer;
    let end = forwardedFor.length;
    for (let hop = 0; hop < MAX_HOPS && end > 0 && isTrusted(address, hop); hop++) {
      const start = forwardedFor.lastIndexOf(',', end - 1) + 1;
      const next = plainAddress(forwardedFor.slice(start, end).trim());
      if (next === null) break;
      address = next;
      end = start - 1;
    }
    return address;
  };
}

function inRanges(ranges: Exclude<TrustedProxies, number>): (address: string) => boolean {
  const list = new BlockList();
  for (const { address, prefix, family } of ranges) list.addSubnet(address, prefix, family);
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

/** An address without its port, brackets and zone, and IPv4 in IPv6 as IPv4; `null` if it is none. */
function plainAddress(text: string): string | null {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d{1,5}$/.exec(text) ?? [];
  const [address = ''] = (inBrackets ?? withPort ?? text).split('%', 1);
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  const plain = mapped ?? address;
  return isIP(plain) === 0 ? null : plain;
}

/**
 * Identifies a client by its address. IPv6 customers get a /64 or more, so that its first four groups are one client. `null`: the client
 * is this machine, which is its operator, or a proxy that was not declared and has many clients.
 */
export function clientKey(address: string): string | null {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (plain.startsWith('127.') || plain === '::1') return null;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  // IPv4 at the end counts as two groups.
  const tailLength = after.length + (after.at(-1)?.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - tailLength);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** The `X-Forwarded-For` of a request. Node joins several headers of this name. */
export function forwardedFor(headers: IncomingMessage['headers']): string | undefined {
  const value = headers['x-forwarded-for'];
  return typeof value === 'string' ? value : value?.join(',');
}
