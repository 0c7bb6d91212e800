import { GEO_FLOOR, OFFSET_METRES } from '../../../model/ranking.ts';
import { CHORD_SLACK, chordOf, squareAbove } from '../geo/unit-sphere.ts';

/** Allowance for the rounding of a bound, which is computed by another formula than a score. */
export const ROUNDING = 1e-9;

/** The largest square of a line that may be shorter than this one, despite rounding. */
export function widenedSquare(square: number): number {
  return (Math.sqrt(square) + 2 * CHORD_SLACK) ** 2;
}

/** The largest difference of two squares of at most `limit` that rounding can explain. */
export function tieGap(limit: number): number {
  return widenedSquare(limit) - limit;
}

/**
 * The square of the longest line at which a branch can reach a score; negative if it cannot.
 * @param own the branch's score without its distance
 */
export function reachForScore(own: number, least: number, scaleMetres: number): number {
  if (own < least) return -1;
  if (own * GEO_FLOOR >= least) return Number.POSITIVE_INFINITY;
  return squareAbove(chordOf(OFFSET_METRES + scaleMetres * Math.log2(own / least) + ROUNDING));
}

/** The square of a line beyond which the distance factor is exactly {@link GEO_FLOOR}. */
export function squareOfFloor(scaleMetres: number): number {
  return squareAbove(chordOf(OFFSET_METRES - scaleMetres * Math.log2(GEO_FLOOR) + ROUNDING));
}
