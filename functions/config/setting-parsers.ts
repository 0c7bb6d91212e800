import { tileUrlOf } from '../model/tile-url.ts';
import type { ValueParser } from '../model/value-parsers.ts';

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS_MS;

/** A duration in milliseconds, written as up to four digits and one of these units: `90m`. */
export function duration(...units: readonly Unit[]): ValueParser<number> {
  return (text) => {
    const [, digits, suffix] = /^([1-9]\d{0,3})([a-z]+)$/.exec(text) ?? [];
    const unit = units.find((one) => one === suffix);
    return unit && Number(digits) * UNITS_MS[unit];
  };
}

/** Like `parse`, and `off` is `null`. */
export function orOff<Value>(parse: ValueParser<Value>): ValueParser<Value | null> {
  return (text) => (text === 'off' ? null : parse(text));
}

/** Decodes `\u00a9` to ©. CloudFormation returns a question mark for every character outside ASCII, so values are deployed escaped. */
export const escapedText: ValueParser<string> = (text) =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Like `parse`, and `auto` stays as it is. */
export function autoOr<Value>(parse: ValueParser<Value>): ValueParser<Value | 'auto'> {
  return (text) => (text === 'auto' ? text : parse(text));
}

const TILE_URL = /^(https?:\/\/\S+\{z\}\S*|pmtiles:\/\/(https?:\/\/|\/)\S+|(https?:\/\/|\/)\S+\.pmtiles(\?\S*)?)$/;

/** The URL of tiles, with the `pmtiles:` scheme when it is an archive. */
export const tileUrl: ValueParser<string> = (text) => (TILE_URL.test(text) ? tileUrlOf(text) : undefined);

/** The proxies in front of the server: how many there are in a row, or their addresses and ranges. */
export type TrustedProxies = number | readonly AddressRange[];
export type AddressRange = { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' };

/** A number from 1 to 9, or a comma-separated list of addresses and ranges. */
export const trustedProxies: ValueParser<TrustedProxies> = (text) => {
  if (/^[1-9]$/.test(text)) return Number(text);
  const ranges = text.split(',').map((one) => addressRange(one.trim()));
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
};

/** `10.0.0.0/8`, `fd00::/8`, or one address. */
function addressRange(text: string): AddressRange | undefined {
  const [, address = '', digits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  // Loading this module takes 3 ms of a cold start, which parses no address.
  const version = process.getBuiltinModule('node:net').isIP(address);
  if (version === 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = digits === undefined ? longest : Number(digits);
  return prefix <= longest ? { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
}

/** Names of built-in cities and paths of cities' files, of which there is at least one. */
export type CityNames = readonly [first: string, ...others: string[]];

const CITY_NAME = /^(?:[a-z-]+|.*[/\\].*|.*\.json)$/i;

/** A comma-separated list of cities without repetitions. */
export const cityNames: ValueParser<CityNames> = (text) => {
  const [first = '', ...others] = text.split(',').map((one) => one.trim());
  const names: CityNames = [first, ...others];
  return names.every((name) => CITY_NAME.test(name)) && new Set(names).size === names.length ? names : undefined;
};
