import type { Sort } from '../../model/query.ts';
import { bitsOf, mendOrder } from './bounds.ts';
import { radixOrder } from './radix.ts';

/** Pages longer than this are put in order by radix first. */
const LONG_PAGE = 512;

/**
 * Vendors in their order; those given may be sorted in place.
 * @param scores by vendor
 * @param metres by vendor; `null` without an origin
 */
export function inOrder(vendors: Uint32Array, sort: Sort, scores: Float64Array, metres: Float64Array | null) {
  const compare = (a: number, b: number) =>
    (sort === 'best' ? (scores[b] as number) - (scores[a] as number) : 0) ||
    (metres ? (metres[a] as number) - (metres[b] as number) : 0) ||
    a - b;
  if (vendors.length < LONG_PAGE) return sort === 'name' ? vendors.sort() : vendors.sort(compare);
  let ordered = radixOrder(vendors, (vendor) => vendor);
  if (sort === 'name') return ordered;
  if (metres) ordered = radixOrder(ordered, (vendor) => bitsOf(metres[vendor] as number));
  if (sort === 'best') ordered = radixOrder(ordered, (vendor) => ~bitsOf(scores[vendor] as number));
  return mendOrder(ordered, compare);
}
