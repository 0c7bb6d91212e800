import { distanceMetres, type LatLon } from '../../functions/model/geo.ts';
import { streetOf } from '../../functions/model/place-label.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';

/** Addresses further apart than this do not locate their streets' intersection, metres. */
const MAX_DISTANCE = 300;
/** Street types, which people leave out or abbreviate. */
export const STREET_TYPES: ReadonlySet<string> = new Set([
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
  'place',
  'pl',
  'court',
  'ct',
  'lane',
  'ln',
  'alley',
  'aly',
  'terrace',
  'ter',
]);
/** Numbered streets as words; cities write them with digits. */
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');

/** A point and the street address that the city's data has for it. */
export type AddressedPoint = LatLon & { readonly address: string };

/** The words of a street's name as they are compared: without its type, and with digits (`Second Street` is `2nd`). */
export function streetKey(words: readonly string[]): string {
  const names = words.filter((word) => !STREET_TYPES.has(word));
  return (names.length > 0 ? names : words).map(withDigits).join(' ');
}

function withDigits(word: string): string {
  const number = ORDINALS.indexOf(word) + 1;
  return number === 0 ? word : `${number}${['st', 'nd', 'rd'][number - 1] ?? 'th'}`;
}

/**
 * Estimates where two streets meet: the midpoint of the closest pair of addresses, one on each street. `null` if no pair
 * is within {@link MAX_DISTANCE}.
 * @param streets as {@link streetKey} has them
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

/** A street as people write it, with the type that most addresses have: `Market St`. */
export function writtenStreet(points: readonly AddressedPoint[], street: string): string {
  const counts = new Map<string, number>();
  for (const { address } of points) {
    if (!isOn(address, street)) continue;
    const written = streetOf(address).replace(/^(\d+[a-z]?(-\d+)?\s+)+(?=\S)/i, '');
    counts.set(written, (counts.get(written) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return most?.[0] ?? street;
}

/** Whether an address is on a street: `535 RIVER BAY BLVD` is not on `river`. */
function isOn(address: string, street: string): boolean {
  return streetKey(tokens(address).filter((word) => !/^\d+$/.test(word))) === street;
}
