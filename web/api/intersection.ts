import { distanceMetres, type LatLon } from '../../functions/model/geo.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';

/** Two streets' addresses further apart than this say nothing about their corner, metres. */
const FARTHEST = 300;
/** Words that people leave out or write in another way. */
const SUFFIXES = new Set([
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

/** A place with the address that the city gives it. */
export type AddressedPlace = LatLon & { readonly address: string };

/** The two streets that a text speaks of (`market and 2nd`, `16th/mission`), as their words; `null` when it does not. */
export function parseIntersection(text: string): [string, string] | null {
  const parts = text.split(/\s+(?:and|at|y|con|и|x)\s+|\s*[&/@和与]\s*/iu).map((part) => part.trim());
  const streets = parts.length === 2 ? parts : numberedPair(text);
  const [a = '', b = ''] = streets.map((part) => nameWords(part).join(' '));
  return a && b && a !== b ? [a, b] : null;
}

/** `market 2nd`: two words of which one is a numbered street. */
function numberedPair(text: string): string[] {
  const words = nameWords(text);
  return words.length === 2 && words.some((word) => /^\d+(st|nd|rd|th)$/.test(word)) ? words : [];
}

function nameWords(street: string): string[] {
  const words = tokens(street);
  const named = words.filter((word) => !SUFFIXES.has(word));
  return named.length > 0 ? named : words;
}

/**
 * About where two streets meet, guessed from the addresses that the data has on them: the middle between the two that are
 * nearest to each other. `null` when none are near enough to say.
 */
export function meetingPoint(places: readonly AddressedPlace[], [a, b]: readonly [string, string]): LatLon | null {
  const on = (street: string) => places.filter(({ address }) => isOn(address, street));
  let best: { metres: number; at: LatLon } | null = null;
  const others = on(b);
  for (const one of on(a)) {
    for (const other of others) {
      const metres = distanceMetres(one, other);
      if (metres > (best?.metres ?? FARTHEST)) continue;
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
