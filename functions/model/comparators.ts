import type { SearchQuery, SortKey } from './query.ts';
import { byCodePoint, fold } from './text/tokenizer.ts';
import type { Vendor } from './vendor.ts';

/** Compares two places in an answer's order, as `Array.sort` wants it. */
export type Comparator = (a: SortKey, b: SortKey) => number;

const byName: Comparator = (a, b) => byCodePoint(a.name, b.name) || byCodePoint(a.id, b.id);
const byDistance: Comparator = (a, b) => a.distanceMetres - b.distanceMetres || byName(a, b);

/** The order of each sort; ids are unique, so that no two vendors are equal. */
export const COMPARATORS: Readonly<Record<SearchQuery['sort'], Comparator>> = {
  best: (a, b) => b.score - a.score || byDistance(a, b),
  distance: byDistance,
  name: byName,
};

/** What a vendor is sorted by under `name`. */
export function sortName(vendor: Vendor): string {
  return fold(vendor.name);
}
