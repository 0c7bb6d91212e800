/** Every number of the ranking. Engines compute with these and with no others. */

/**
 * How well a word of the query matches a word of the data. A plural or a synonym is nearly the word itself; a prefix is
 * what somebody may be about to type; a typo is a guess, made only when nothing else is found.
 */
export const QUALITY = { exact: 1, stem: 0.9, synonym: 0.9, prefix: 0.8, typo1: 0.6, typo2: 0.4 } as const;
export type Quality = keyof typeof QUALITY;

/**
 * What a match in a field counts. Food and name are what people look for; a category is derived from the food, and
 * hundreds of vendors share a street.
 */
export const WEIGHT = { items: 3, name: 3, category: 2, address: 1, area: 1 } as const;
export type Field = keyof typeof WEIGHT;

/** Letters from which a word may have one typo, and two: shorter words are too often other words. */
export const TYPO_LETTERS = { one: 4, two: 8 } as const;

/** Metres that make no difference: a street corner and the queue in front of it. */
export const OFFSET_METRES = 150;
/** Metres beyond the offset at which an answer counts half, unless the caller says otherwise: a ten minutes' walk. */
export const SCALE_METRES = 800;
/** Distance never takes more than ten halvings, so that words still rank what is far away. */
export const GEO_FLOOR = 2 ** -10;

/** What a state takes when the caller asked about a time: not knowing is better than knowing that it is closed. */
export const OPEN_FACTOR = { open: 1, unknown: 0.85, closed: 0.6 } as const;

/** What distance leaves of a score, 1 (here) to {@link GEO_FLOOR}; 1 without an origin. */
export function geoFactor(distanceMetres: number | null, scaleMetres: number = SCALE_METRES): number {
  if (distanceMetres === null) return 1;
  return Math.max(GEO_FLOOR, 2 ** (-Math.max(0, distanceMetres - OFFSET_METRES) / scaleMetres));
}
