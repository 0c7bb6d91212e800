import type { Sections } from '../file/index-format.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
import { BucketSorter } from './bucket-sort.ts';
import { DistanceCutoff } from './distance-cutoff.ts';
import { tieGap, widenedSquare } from './score-bounds.ts';
import type { MatchedBranches } from './vendor-scores.ts';
import type { VendorSet } from './vendor-set.ts';

/** Orders vendors by the distance of their nearest branch, then by number. */
export class DistanceRanker {
  readonly #branchVendor: Uint32Array;
  readonly #set: VendorSet;
  readonly #cutoff: DistanceCutoff;
  /** By vendor: the least value of its branches; valid for the vendors found. */
  readonly #least: Float64Array;
  readonly #vendors: Uint32Array;
  readonly #sorter = new BucketSorter();

  constructor({ branchVendor }: Sections, vendors: number, set: VendorSet) {
    this.#branchVendor = branchVendor;
    this.#set = set;
    this.#cutoff = new DistanceCutoff(set);
    this.#least = new Float64Array(vendors);
    this.#vendors = new Uint32Array(vendors);
  }

  /** The number of vendors, and the first `limit` of them. The page is valid until the next call. */
  rank(branches: MatchedBranches, limit: number, filters: BranchFilters): { vendors: number; page: Uint32Array } {
    // If all are wanted, count the results instead.
    const vendors = limit < branches.count ? this.#set.count(branches) : 0;
    if (limit === 0) return { vendors, page: new Uint32Array(0) };
    if (limit * 2 < vendors) return { vendors, page: this.#first(branches, limit, filters).subarray(0, limit) };
    const all = this.#all(branches, filters);
    return { vendors: all.length, page: all.subarray(0, limit) };
  }

  /** Measures exact distances only of branches that can be among the first: the straight lines of the others are too long. */
  #first(branches: MatchedBranches, limit: number, filters: BranchFilters): Uint32Array {
    const { ids, squares, count } = branches;
    if (!branches.areMeasured) filters.squares(ids, count, squares);
    const reach = widenedSquare(this.#cutoff.reach(branches, squares, limit));
    const least = this.#least;
    const vendors = this.#vendors;
    let found = 0;
    for (let at = 0; at < count; at++) {
      if ((squares[at] as number) > reach) continue;
      const branch = ids[at] as number;
      const vendor = this.#branchVendor[branch] as number;
      found = this.#offer(vendor, filters.metres(branch), found);
    }
    this.#set.clear();
    const order = (a: number, b: number) => (least[a] as number) - (least[b] as number) || a - b;
    return vendors.subarray(0, found).sort(order);
  }

  /** Records a value of a vendor's branch if it is the least; returns the number of vendors found so far. */
  #offer(vendor: number, value: number, found: number): number {
    if (this.#set.add(vendor)) {
      this.#vendors[found] = vendor;
      this.#least[vendor] = value;
      return found + 1;
    }
    if (value < (this.#least[vendor] as number)) this.#least[vendor] = value;
    return found;
  }

  /** Sorts all vendors by straight lines, and measures exact distances only where these are tied within rounding. */
  #all(branches: MatchedBranches, filters: BranchFilters): Uint32Array {
    const { ids, squares, count } = branches;
    if (!branches.areMeasured) filters.squares(ids, count, squares);
    const branchVendor = this.#branchVendor;
    const least = this.#least;
    const vendors = this.#vendors;
    let found = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      found = this.#offer(branchVendor[branch] as number, squares[at] as number, found);
    }
    this.#set.clear();
    const { keys, items } = this.#sorter.sort(vendors.subarray(0, found), least);
    this.#breakTies(items, keys, branches, filters);
    return items;
  }

  /** Orders vendors with tied straight lines by exact distance and number. */
  #breakTies(
    page: Uint32Array,
    keys: Float64Array,
    { ids, squares, count }: MatchedBranches,
    filters: BranchFilters,
  ): void {
    const groups: [from: number, to: number][] = [];
    const gap = tieGap(keys.at(-1) ?? 0);
    const isTied = (at: number) => (keys[at] as number) - (keys[at - 1] as number) <= gap;
    for (let at = 1; at < page.length; at++) {
      if (!isTied(at)) continue;
      const from = at - 1;
      while (at < page.length && isTied(at)) at++;
      groups.push([from, at]);
    }
    if (groups.length === 0) return;
    const metres = new Map<number, number>();
    for (const [from, to] of groups) {
      for (let at = from; at < to; at++) {
        metres.set(page[at] as number, Number.POSITIVE_INFINITY);
        this.#set.add(page[at] as number);
      }
    }
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = this.#branchVendor[branch] as number;
      // Few vendors are tied, and testing a bit is faster than a map lookup.
      if (!this.#set.has(vendor) || (squares[at] as number) > widenedSquare(this.#least[vendor] as number)) continue;
      metres.set(vendor, Math.min(metres.get(vendor) ?? 0, filters.metres(branch)));
    }
    this.#set.clear();
    const order = (a: number, b: number) => (metres.get(a) ?? 0) - (metres.get(b) ?? 0) || a - b;
    for (const [from, to] of groups) page.subarray(from, to).sort(order);
  }
}
