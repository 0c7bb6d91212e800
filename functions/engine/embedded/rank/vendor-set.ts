import type { Sections } from '../file/index-format.ts';
import { takeBits } from '../match/bit-sliced-postings.ts';

/** Branches, ascending. */
export type Branches = { readonly ids: Uint32Array; readonly count: number };

/** A set of vendors with one bit each, which fits the processor's cache even for a million branches. Empty between uses. */
export class VendorSet {
  readonly #branchVendor: Uint32Array;
  readonly #bits: Uint32Array;

  constructor({ branchVendor }: Sections, vendors: number) {
    this.#branchVendor = branchVendor;
    this.#bits = new Uint32Array(Math.ceil(vendors / 32));
  }

  /** Adds a vendor; returns whether it is new. */
  add(vendor: number): boolean {
    const bits = this.#bits[vendor >>> 5] as number;
    const bit = 1 << (vendor & 31);
    this.#bits[vendor >>> 5] = bits | bit;
    return (bits & bit) === 0;
  }

  has(vendor: number): boolean {
    return (((this.#bits[vendor >>> 5] as number) >>> (vendor & 31)) & 1) === 1;
  }

  clear(): void {
    this.#bits.fill(0);
  }

  /** Adds the vendors of branches; returns how many are new. */
  addAll({ ids, count }: Branches): number {
    const bits = this.#bits;
    const branchVendor = this.#branchVendor;
    let added = 0;
    for (let at = 0; at < count; at++) {
      const vendor = branchVendor[ids[at] as number] as number;
      const own = bits[vendor >>> 5] as number;
      added += ((own >>> (vendor & 31)) & 1) ^ 1;
      bits[vendor >>> 5] = own | (1 << (vendor & 31));
    }
    return added;
  }

  /** The number of distinct vendors of branches. */
  count(branches: Branches): number {
    const vendors = this.addAll(branches);
    this.clear();
    return vendors;
  }

  /** The number of vendors that have a branch with a key of at most `limit`. */
  countWithin({ ids, count }: Branches, keys: Float64Array, limit: number): number {
    let vendors = 0;
    for (let at = 0; at < count; at++) {
      if ((keys[at] as number) > limit) continue;
      if (this.add(this.#branchVendor[ids[at] as number] as number)) vendors++;
    }
    this.clear();
    return vendors;
  }

  /** Writes the vendors, ascending, and clears the set; returns how many there were. */
  take(vendors: Uint32Array): number {
    return takeBits(this.#bits, [0, this.#bits.length], vendors);
  }
}
