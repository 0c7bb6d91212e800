import type { Sections } from '../file/index-format.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
import { BucketSorter } from './bucket-sort.ts';
import { DistanceCutoff } from './distance-cutoff.ts';
import { tieGap, widenedSquare } from './score-bounds.ts';
import type { Branches, VendorSet } from './vendor-set.ts';

/** Puts the vendors of branches in the order of their nearest branch, then of their numbers. */
export class DistanceRanker {
  readonly #branchVendor: Uint32Array;
  readonly #met: VendorSet;
  readonly #shortlist: DistanceCutoff;
  /** By place among the branches: {@link BranchFilters.squares}. */
  readonly #lines: Float64Array;
  /** By vendor: the least of its branches; good for the vendors met. */
  readonly #least: Float64Array;
  readonly #vendors: Uint32Array;
  readonly #sorter = new BucketSorter();

  constructor({ branchVendor }: Sections, vendors: number, met: VendorSet) {
    this.#branchVendor = branchVendor;
    this.#met = met;
    this.#shortlist = new DistanceCutoff(met);
    this.#lines = new Float64Array(branchVendor.length);
    this.#least = new Float64Array(vendors);
    this.#vendors = new Uint32Array(vendors);
  }

  /** How many vendors the branches have, and the numbers of the first `limit`, good until the next call. */
  rank(branches: Branches, limit: number, filters: BranchFilters): { vendors: number; page: Uint32Array } {
    // Where all are wanted, their number is how many come back.
    const vendors = limit < branches.count ? this.#met.count(branches) : 0;
    if (limit === 0) return { vendors, page: new Uint32Array(0) };
    if (limit * 2 < vendors) return { vendors, page: this.#first(branches, limit, filters).subarray(0, limit) };
    const all = this.#all(branches, filters);
    return { vendors: all.length, page: all.subarray(0, limit) };
  }

  /** Exact distances only of branches that can be among the first: the others' straight lines are too long. */
  #first(branches: Branches, limit: number, filters: BranchFilters): Uint32Array {
    const { ids, count } = branches;
    const lines = this.#lines;
    filters.squares(ids, count, lines);
    const reach = widenedSquare(this.#shortlist.reach(branches, lines, limit));
    const least = this.#least;
    const vendors = this.#vendors;
    let found = 0;
    for (let at = 0; at < count; at++) {
      if ((lines[at] as number) > reach) continue;
      const branch = ids[at] as number;
      const vendor = this.#branchVendor[branch] as number;
      found = this.#offer(vendor, filters.metres(branch), found);
    }
    this.#met.clear();
    const order = (a: number, b: number) => (least[a] as number) - (least[b] as number) || a - b;
    return vendors.subarray(0, found).sort(order);
  }

  /** Keeps the least length of a vendor's branches; returns how many vendors have been met. */
  #offer(vendor: number, length: number, found: number): number {
    if (this.#met.add(vendor)) {
      this.#vendors[found] = vendor;
      this.#least[vendor] = length;
      return found + 1;
    }
    if (length < (this.#least[vendor] as number)) this.#least[vendor] = length;
    return found;
  }

  /** All of them by their straight lines; exact distances only of those that are as good as equal. */
  #all(branches: Branches, filters: BranchFilters): Uint32Array {
    const { ids, count } = branches;
    const branchVendor = this.#branchVendor;
    const least = this.#least;
    const vendors = this.#vendors;
    let found = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      found = this.#offer(branchVendor[branch] as number, filters.square(branch), found);
    }
    this.#met.clear();
    const { keys, items } = this.#sorter.sort(vendors.subarray(0, found), least);
    this.#settle(items, keys, branches, filters);
    return items;
  }

  /** Orders vendors whose straight lines say nothing by their exact distances and numbers. */
  #settle(page: Uint32Array, keys: Float64Array, { ids, count }: Branches, filters: BranchFilters): void {
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
        this.#met.add(page[at] as number);
      }
    }
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = this.#branchVendor[branch] as number;
      // Few are tied, and a bit says so sooner than a map.
      if (!this.#met.has(vendor) || filters.square(branch) > widenedSquare(this.#least[vendor] as number)) continue;
      metres.set(vendor, Math.min(metres.get(vendor) ?? 0, filters.metres(branch)));
    }
    this.#met.clear();
    const order = (a: number, b: number) => (metres.get(a) ?? 0) - (metres.get(b) ?? 0) || a - b;
    for (const [from, to] of groups) page.subarray(from, to).sort(order);
  }
}
