import type { Sort } from '../../../model/query.ts';
import { radixSort } from '../radix-sort.ts';

/** Pages of at least this many vendors are radix-sorted. */
const LONG_PAGE = 512;

/**
 * Sorts vendors, perhaps in place.
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

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of a non-negative number rounded to 32 bits, which have the same order as the numbers. */
function sortableBits(value: number): number {
  float[0] = value;
  return bits[0] as number;
}

/** Sorts items that are in order except for neighbours whose rounded keys are equal. */
function insertionSort(items: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  for (let at = 1; at < items.length; at++) {
    const item = items[at] as number;
    let to = at;
    while (to > 0 && compare(items[to - 1] as number, item) > 0) items[to] = items[--to] as number;
    items[to] = item;
  }
  return items;
}
