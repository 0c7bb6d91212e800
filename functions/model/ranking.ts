/** The constants of the ranking. Engines use these and no others. */

/**
 * How well a word of the query matches a word of the data, in tenths: text scores are sums of whole numbers, so that ties are ties on
 * every engine. A plural or a synonym is nearly the word itself; a prefix match is a word that is still being typed; a typo is a guess,
 * tried only if nothing else is found; in a word that is still being typed it is a guess about its beginning.
 */
export const QUALITY = { exact: 10, stem: 9, synonym: 9, prefix: 8, typo1: 6, typoPrefix: 5, typo2: 4 } as const;
export type Quality = keyof typeof QUALITY;

/**
 * The weight of a match in a field. People look for food and names; a category is derived from the food, and hundreds of vendors share
 * a street.
 */
export const WEIGHT = { items: 3, name: 3, category: 2, address: 1, area: 1, description: 1 } as const;
export type Field = keyof typeof WEIGHT;

/**
 * The weight of a clause's match in a field of this weight. A filler such as "truck" counts the same in every field: a vendor does not sell
 * better tacos because its name has the word.
 */
export function clauseWeight(weight: number, isFiller: boolean): number {
  return isFiller ? 1 : weight;
}

/** Distance that does not lower a score: a street corner and the queue in front of it. */
export const OFFSET_METRES = 150;
/** Default distance beyond the offset at which a score is halved: a ten minutes' walk. */
export const SCALE_METRES = 800;
/** Distance halves a score at most ten times, so that words still rank distant vendors. */
export const GEO_FLOOR = 2 ** -10;

/** The factor of an open state if the caller asked about a time: unknown hours rank above closed. */
export const OPEN_FACTOR = { open: 1, unknown: 0.85, closed: 0.6 } as const;

/** The factor of a distance: 1 (right here) down to {@link GEO_FLOOR}; 1 without an origin. */
export function geoFactor(distanceMetres: number | null, scaleMetres: number = SCALE_METRES): number {
  if (distanceMetres === null) return 1;
  return Math.max(GEO_FLOOR, 2 ** (-Math.max(0, distanceMetres - OFFSET_METRES) / scaleMetres));
}
