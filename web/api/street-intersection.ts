import { distanceMetres, type LatLon } from '../../functions/model/geo.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';

/** Addresses further apart than this do not locate their streets' intersection, metres. */
const MAX_DISTANCE = 300;
/** Street types, which people leave out or abbreviate. */
const STREET_TYPES = new Set([
  'street',
  'st',
  'avenue',
  'ave',
  'av',
  'boulevard',
  'blvd',
  'road',
  'rd',
  'way',
  'drive',
  'dr',
]);

/** A point and the street address that the city's data has for it. */
export type AddressedPoint = LatLon & { readonly address: string };

/** The two streets that a text names (`market and 2nd`, `16th/mission`), normalized; `null` if it does not name two. */
export function parseIntersection(text: string): [string, string] | null {
  const parts = text.split(/\s+(?:and|at|y|con|и|x)\s+|\s*[&/@和与]\s*/iu).map((part) => part.trim());
  const streets = parts.length === 2 ? parts : numberedPair(text);
  const [a = '', b = ''] = streets.map((part) => nameWords(part).join(' '));
  return a && b && a !== b ? [a, b] : null;
}

/** `market 2nd`: two words, one of them a numbered street. */
function numberedPair(text: string): string[] {
  const words = nameWords(text);
  return words.length === 2 && words.some((word) => /^\d+(st|nd|rd|th)$/.test(word)) ? words : [];
}

function nameWords(street: string): string[] {
  const words = tokens(street);
  const names = words.filter((word) => !STREET_TYPES.has(word));
  return names.length > 0 ? names : words;
}

/**
 * Estimates where two streets meet: the midpoint of the closest pair of addresses, one on each street. `null` if no pair
 * is within {@link MAX_DISTANCE}.
 */
export function meetingPoint(points: readonly AddressedPoint[], [a, b]: readonly [string, string]): LatLon | null {
  const on = (street: string) => points.filter(({ address }) => isOn(address, street));
  let best: { metres: number; at: LatLon } | null = null;
  const others = on(b);
  for (const one of on(a)) {
    for (const other of others) {
      const metres = distanceMetres(one, other);
      if (metres > (best?.metres ?? MAX_DISTANCE)) continue;
      best = { metres, at: { lat: (one.lat + other.lat) / 2, lon: (one.lon + other.lon) / 2 } };
    }
  }
  return best?.at ?? null;
}

/** Whether an address is on a street: `535 RIVER BAY BLVD` is not on `river`. */
function isOn(address: string, street: string): boolean {
  const words = nameWords(address).filter((word) => !/^\d+$/.test(word));
  return words.join(' ') === street;
}
