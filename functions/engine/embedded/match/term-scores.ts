import { QUALITY, type Quality, WEIGHT } from '../../../model/ranking.ts';

/** All possible term scores ({@link QUALITY} x {@link WEIGHT}), ascending, after 0 for no match. A score code is an index into it. */
export const TERM_SCORES = Float64Array.from(
  [0, ...new Set(Object.values(QUALITY).flatMap((q) => Object.values(WEIGHT).map((weight) => q * weight)))].sort(
    (a, b) => a - b,
  ),
);

/** The score codes of a quality, by the field's weight (0..3). For a filler every weight counts as 1. */
export function scoreCodes(quality: Quality, isFiller: boolean): Uint8Array {
  const weights = isFiller ? [0, 1, 1, 1] : [0, 1, 2, 3];
  return Uint8Array.from(weights, (weight) => Math.max(0, TERM_SCORES.indexOf(QUALITY[quality] * weight)));
}

/** The codes of synonym phrases are the weights themselves. */
export const WEIGHT_CODES = Uint8Array.from([0, 1, 2, 3]);

/** The scores of codes. A loop, because `Float64Array.from` with a function costs a microsecond, and every search calls this. */
export function termScores(codes: Uint8Array): Float64Array {
  const scores = new Float64Array(codes.length);
  for (let at = 0; at < codes.length; at++) scores[at] = TERM_SCORES[codes[at] as number] as number;
  return scores;
}
