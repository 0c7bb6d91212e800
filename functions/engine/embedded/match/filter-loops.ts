import type { Box } from '../../../model/geo.ts';

/**
 * After this many branches, a search may give way to other requests. A filter takes 1 to 5 ns per branch, and an exact distance with its score up to
 * 0.2 µs, so that a step takes at most a few milliseconds, or a few tens for a million branches in one loop.
 */
export const LONG_STEP = 16_384;

/** Words are matched in blocks of this many branches, between which a search may give way. A multiple of 32. */
export const BLOCK = 65_536;

/** Branches, ascending, with values at the same positions. The arrays are reused from query to query. */
export type BranchBuffers = {
  readonly ids: Uint32Array;
  readonly textScores: Float64Array;
  /** The square of the straight line to the origin, in earth radii, if the branches were measured. */
  readonly squares: Float64Array;
};

/** The buffers from a branch on. */
export function buffersFrom({ ids, textScores, squares }: BranchBuffers, from: number): BranchBuffers {
  return { ids: ids.subarray(from), textScores: textScores.subarray(from), squares: squares.subarray(from) };
}

/**
 * The loops of filters: each keeps those of the first `count` branches that pass one filter, and returns how many. They write
 * unconditionally: the next branch overwrites one that is not kept, and a mispredicted jump costs more. Three times as fast as testing
 * all filters for one branch after another.
 * @param selected 1 for each value of the column that passes
 */
export function keepSelected(
  { ids, textScores }: BranchBuffers,
  count: number,
  column: Uint16Array | Uint32Array,
  selected: Uint8Array,
): number {
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const branch = ids[at] as number;
    ids[kept] = branch;
    textScores[kept] = textScores[at] as number;
    kept += selected[column[branch] as number] as number;
  }
  return kept;
}

/** Keeps the branches that pass a test, which is called for each. */
export function keepIf({ ids, textScores }: BranchBuffers, count: number, passes: (branch: number) => boolean): number {
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const branch = ids[at] as number;
    if (!passes(branch)) continue;
    ids[kept] = branch;
    textScores[kept++] = textScores[at] as number;
  }
  return kept;
}

/** Keeps the branches in a box that neither crosses nor touches the date line. */
export function keepInBox(
  { ids, textScores }: BranchBuffers,
  count: number,
  coordinates: Float64Array,
  { south, north, west, east }: Box,
): number {
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const branch = ids[at] as number;
    const lat = coordinates[branch * 2] as number;
    const lon = coordinates[branch * 2 + 1] as number;
    ids[kept] = branch;
    textScores[kept] = textScores[at] as number;
    if (lat >= south && lat <= north && lon >= west && lon <= east) kept++;
  }
  return kept;
}

/** A circle in terms of squares: a branch below `within` is inside, one above `beyond` is outside, and `isInside` decides between. */
export type Circle = {
  readonly center: readonly [x: number, y: number, z: number];
  readonly within: number;
  readonly beyond: number;
  isInside(branch: number): boolean;
};

/** Keeps the branches in a circle, with their squares. */
export function keepInCircle(
  { ids, textScores, squares }: BranchBuffers,
  count: number,
  vectors: Float64Array,
  { center: [x, y, z], within, beyond, isInside }: Circle,
): number {
  let kept = 0;
  for (let at = 0; at < count; at++) {
    const branch = ids[at] as number;
    const score = textScores[at] as number;
    const dx = (vectors[branch * 3] as number) - x;
    const dy = (vectors[branch * 3 + 1] as number) - y;
    const dz = (vectors[branch * 3 + 2] as number) - z;
    const square = dx * dx + dy * dy + dz * dz;
    ids[kept] = branch;
    textScores[kept] = score;
    squares[kept] = square;
    if (square < within) kept++;
    else if (square <= beyond && isInside(branch)) kept++;
  }
  return kept;
}
