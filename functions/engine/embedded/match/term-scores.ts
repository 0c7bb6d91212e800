import { QUALITY, type Quality, WEIGHT } from '../../../model/ranking.ts';

/** All that a word can be worth, ascending, as {@link QUALITY} x {@link WEIGHT}; 0: it does not match. A code is a place in it. */
export const TERM_SCORES = Float64Array.from(
  [0, ...new Set(Object.values(QUALITY).flatMap((q) => Object.values(WEIGHT).map((weight) => q * weight)))].sort(
    (a, b) => a - b,
  ),
);

/** The code of a word that matches with a quality, by the field's weight (0..3). */
export function scoreCodes(quality: Quality): Uint8Array {
  return Uint8Array.from([0, 1, 2, 3], (weight) => Math.max(0, TERM_SCORES.indexOf(QUALITY[quality] * weight)));
}

/** A phrase's codes are the weights themselves. */
export const WEIGHT_CODES = Uint8Array.from([0, 1, 2, 3]);

/** What codes are worth. A loop, because `Float64Array.from` with a function takes a microsecond, and each search does this. */
export function termScores(codes: Uint8Array): Float64Array {
  const worths = new Float64Array(codes.length);
  for (let at = 0; at < codes.length; at++) worths[at] = TERM_SCORES[codes[at] as number] as number;
  return worths;
}
