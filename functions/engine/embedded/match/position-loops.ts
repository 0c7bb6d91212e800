/** The numbers of vendors and branches found. */
export type Totals = { readonly vendors: number; readonly branches: number };

/** Branches by their position in `vendorBranches`, ascending: the first `count`. */
export type Positions = {
  readonly positions: Uint32Array;
  readonly count: number;
  /** By index in `positions`: the groups whose filter the branch fails, as bits. */
  readonly failed: Uint8Array;
  /** By position: the number of its vendor. */
  readonly vendorAt: Uint32Array;
};

/**
 * Writes the positions that pass a filter into `kept`, which may be the same array; returns how many. These loops have no unpredictable jumps.
 * @param selected 1 for each value of the column that passes
 */
export function keepPositions(
  { positions, count }: Positions,
  column: Uint16Array | Uint32Array,
  selected: Uint8Array,
  kept: Uint32Array,
): number {
  let passing = 0;
  for (let at = 0; at < count; at++) {
    const position = positions[at] as number;
    // The next position overwrites one that does not pass.
    kept[passing] = position;
    passing += selected[column[position] as number] as number;
  }
  return passing;
}

/** Sets a bit for each position that does not pass a filter. */
export function markFailed(
  { positions, count, failed }: Positions,
  column: Uint16Array | Uint32Array,
  selected: Uint8Array,
  bit: number,
): void {
  for (let at = 0; at < count; at++) {
    const passes = selected[column[positions[at] as number] as number] as number;
    failed[at] = (failed[at] as number) | ((passes ^ 1) * bit);
  }
}

/** Writes the vendors of the positions that fail nothing besides `ignored`, ascending; returns the numbers of both. */
export function distinctVendors(
  { vendorAt, positions, failed, count }: Positions,
  vendors: Uint32Array,
  ignored: number,
): Totals {
  const tested = ~ignored;
  // `last` counts vendors from 1.
  let [found, branches, last] = [0, 0, 0];
  for (let at = 0; at < count; at++) {
    const vendor = vendorAt[positions[at] as number] as number;
    const passes = isZero((failed[at] as number) & tested);
    const change = ((vendor + 1) ^ last) & -passes;
    vendors[found] = vendor;
    found += isZero(change) ^ 1;
    branches += passes;
    last ^= change;
  }
  return { vendors: found, branches };
}

/** 1 for 0 and 0 for a positive number, without a jump. */
export function isZero(value: number): number {
  return (value - 1) >>> 31;
}
