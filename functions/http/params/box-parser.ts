import type { Box } from '../../model/geo.ts';
import { decimal, type ValueParser } from '../../model/value-parsers.ts';

/** Degrees. */
export const longitude = decimal(-180, 180);
export const latitude = decimal(-90, 90);

/** Four numbers, or six as in OGC API Features 1.0, section 7.15.3: the third and the last are heights, which are ignored. */
export const readBox: ValueParser<Box> = (text) => {
  const parts = text.split(',').map((part) => part.trim());
  const plane = parts.length === 6 ? [...parts.slice(0, 2), ...parts.slice(3, 5)] : parts;
  const heights = parts.length === 6 ? [parts[2] ?? '', parts[5] ?? ''] : [];
  const [west, south, east, north] = plane.map((part, at) => (at % 2 === 0 ? longitude : latitude)(part));
  if (plane.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) {
    return undefined;
  }
  if (heights.some((part) => decimal(-1e9, 1e9)(part) === undefined)) return undefined;
  return south <= north ? { west, south, east, north } : undefined;
};
