import { GEO_FLOOR, OFFSET_METRES } from '../../../model/ranking.ts';
import { CHORD_SLACK, chordOf, squareAbove } from '../geo/unit-sphere.ts';

/** Makes up for the rounding of a bound that is computed another way than a score. */
export const ROUNDING = 1e-9;

/** The square up to which another line may be the shorter one, both being rounded. */
export function widenedSquare(square: number): number {
  return (Math.sqrt(square) + 2 * CHORD_SLACK) ** 2;
}

/** How much squares of at most `most` may differ without saying which line is the longer one. */
export function tieGap(most: number): number {
  return widenedSquare(most) - most;
}

/** The square of the longest line at which a branch can still score `least`; less than 0 when none is short enough. */
export function reachForScore(own: number, least: number, scaleMetres: number): number {
  if (own < least) return -1;
  if (own * GEO_FLOOR >= least) return Number.POSITIVE_INFINITY;
  return squareAbove(chordOf(OFFSET_METRES + scaleMetres * Math.log2(own / least) + ROUNDING));
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of a number that is not negative, rounded to 32: they rise as it does. */
export function sortableBits(value: number): number {
  float[0] = value;
  return bits[0] as number;
}

/** Sorts what is in order but for neighbours whose keys are the same when rounded. */
export function insertionSort(items: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  for (let at = 1; at < items.length; at++) {
    const item = items[at] as number;
    let to = at;
    while (to > 0 && compare(items[to - 1] as number, item) > 0) items[to] = items[--to] as number;
    items[to] = item;
  }
  return items;
}
