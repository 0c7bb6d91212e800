import type { Sort } from '../../../model/query.ts';
import { radixSort } from '../radix-sort.ts';
import { insertionSort, sortableBits } from './score-bounds.ts';

/** Pages longer than this are put in order by radix first. */
const LONG_PAGE = 512;

/**
 * Vendors in their order; those given may be sorted in place.
 * @param scores by vendor
 * @param metres by vendor; `null` without an origin
 */
export function orderPage(vendors: Uint32Array, sort: Sort, scores: Float64Array, metres: Float64Array | null) {
  const compare = (a: number, b: number) =>
    (sort === 'best' ? (scores[b] as number) - (scores[a] as number) : 0) ||
    (metres ? (metres[a] as number) - (metres[b] as number) : 0) ||
    a - b;
  if (vendors.length < LONG_PAGE) return sort === 'name' ? vendors.sort() : vendors.sort(compare);
  let ordered = radixSort(vendors, (vendor) => vendor);
  if (sort === 'name') return ordered;
  if (metres) ordered = radixSort(ordered, (vendor) => sortableBits(metres[vendor] as number));
  if (sort === 'best') ordered = radixSort(ordered, (vendor) => ~sortableBits(scores[vendor] as number));
  return insertionSort(ordered, compare);
}
