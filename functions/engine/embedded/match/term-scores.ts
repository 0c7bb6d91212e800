import { clauseWeight, QUALITY, type Quality, WEIGHT } from '../../../model/ranking.ts';

/** All possible term scores ({@link QUALITY} x {@link WEIGHT}), ascending, after 0 for no match. A score code is an index into it. */
export const TERM_SCORES = Float64Array.from(
  [0, ...new Set(Object.values(QUALITY).flatMap((q) => Object.values(WEIGHT).map((weight) => q * weight)))].sort(
    (a, b) => a - b,
  ),
);

/** The score codes of a quality, by the field's weight (0..3). */
export function scoreCodes(quality: Quality, isFiller: boolean): Uint8Array {
  return Uint8Array.from(fieldScores(QUALITY[quality], isFiller), (score) => Math.max(0, TERM_SCORES.indexOf(score)));
}

/** The scores of a match worth `score` in a field of weight 1, by the field's weight (0..3); 0 means no match. */
export function fieldScores(score: number, isFiller: boolean): Float64Array {
  return new Float64Array([0, ...[1, 2, 3].map((weight) => score * clauseWeight(weight, isFiller))]);
}

/** The codes of synonym phrases are the weights themselves. */
export const WEIGHT_CODES = Uint8Array.from([0, 1, 2, 3]);

/** The scores of codes. A loop, because `Float64Array.from` with a function costs a microsecond, and every search calls this. */
export function termScores(codes: Uint8Array): Float64Array {
  const scores = new Float64Array(codes.length);
  for (let at = 0; at < codes.length; at++) scores[at] = TERM_SCORES[codes[at] as number] as number;
  return scores;
}
