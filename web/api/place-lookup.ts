import type { ApiClient } from './client.ts';
import { possibleStreets } from './street-candidates.ts';
import type { AddressedPoint } from './street-intersection.ts';
import { type KnownArea, type SplitText, splitText } from './what-and-where.ts';

/** Addresses by a word of their street. They change only with the data, which a page outlives rarely. */
const addressesByWord = new Map<string, Promise<readonly AddressedPoint[]>>();

/**
 * Splits a text into what and where, with the addresses of the streets that it may name.
 * @param vendors the names of vendors that the API suggests for the text; requested only if the text names a place
 */
export async function lookUpPlace(
  text: string,
  {
    api,
    areas,
    vendors,
  }: {
    api: Pick<ApiClient, 'addresses'>;
    areas: readonly KnownArea[];
    vendors: () => Promise<readonly string[]>;
  },
): Promise<SplitText | null> {
  const found = await Promise.all(possibleStreets(text).map((word) => addressesOf(word, api)));
  const known = { areas, points: found.flat(), vendors: [] };
  return splitText(text, known) && splitText(text, { ...known, vendors: await vendors() });
}

/** No addresses if the request fails: the search itself reports what is wrong. */
function addressesOf(word: string, api: Pick<ApiClient, 'addresses'>): Promise<readonly AddressedPoint[]> {
  const known = addressesByWord.get(word);
  if (known) return known;
  const requested = api.addresses(word).catch(() => {
    addressesByWord.delete(word);
    return [];
  });
  addressesByWord.set(word, requested);
  return requested;
}
