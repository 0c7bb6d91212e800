import type { Branches, VendorSet } from './vendor-set.ts';

/** Buckets of the histogram. */
const BUCKETS = 1_024;

/** Finds a distance within which enough vendors are. */
export class DistanceCutoff {
  readonly #vendors: VendorSet;
  readonly #counts = new Uint32Array(BUCKETS);

  constructor(vendors: VendorSet) {
    this.#vendors = vendors;
  }

  /**
   * A key such that the branches up to it belong to at least `limit` vendors, or to all of them, and to not many more than needed.
   * @param keys by position in `branches`, not negative
   */
  reach(branches: Branches, keys: Float64Array, limit: number): number {
    const { count } = branches;
    let most = 0;
    for (let at = 0; at < count; at++) if ((keys[at] as number) > most) most = keys[at] as number;
    const counts = this.#counts.fill(0);
    const scale = most > 0 ? (BUCKETS - 1) / most : 0;
    for (let at = 0; at < count; at++) {
      const bucket = ((keys[at] as number) * scale) | 0;
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    let [bucket, sum] = [0, 0];
    for (let wanted = limit; ; wanted = sum * 2) {
      while (sum < wanted && bucket < BUCKETS) sum += counts[bucket++] as number;
      if (bucket === BUCKETS) return most;
      const reach = bucket / scale;
      if (this.#vendors.countWithin(branches, keys, reach) >= limit) return reach;
    }
  }
}
