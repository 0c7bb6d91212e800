import type { SearchQuery, SortKey } from './query.ts';
import { fold } from './text/tokenizer.ts';
import type { Vendor } from './vendor.ts';

/** Compares two vendors' positions in a result, for `Array.sort`. */
export type Comparator = (a: SortKey, b: SortKey) => number;

const byName: Comparator = (a, b) => byCodePoint(a.name, b.name) || byCodePoint(a.id, b.id);
const byDistance: Comparator = (a, b) => a.distanceMetres - b.distanceMetres || byName(a, b);

/** The order of each sort. Ids are unique, so no two vendors compare as equal. */
export const COMPARATORS: Readonly<Record<SearchQuery['sort'], Comparator>> = {
  best: (a, b) => b.score - a.score || byDistance(a, b),
  distance: byDistance,
  name: byName,
};

/** The text by which `name` sorts a vendor. */
export function sortName(vendor: Vendor): string {
  return fold(vendor.name);
}

/** Compares texts by code point: the same order in every engine and every locale. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    // UTF-16 orders surrogates, which encode the highest code points, before U+E000 to U+FFFF.
    const leftHigh = isSurrogate(left);
    return leftHigh === isSurrogate(right) ? left - right : leftHigh ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800;
}
