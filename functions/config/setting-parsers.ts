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

const TILE_URL = /^(https?:\/\/\S+\{z\}\S*|pmtiles:\/\/(https?:\/\/|\/)\S+|(https?:\/\/|\/)\S+\.pmtiles(\?\S*)?)$/;

/** The URL of tiles, with the `pmtiles:` scheme when it is an archive. */
export const tileUrl: ValueParser<string> = (text) => (TILE_URL.test(text) ? tileUrlOf(text) : undefined);
