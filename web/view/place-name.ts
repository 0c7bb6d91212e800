import { placeText } from '../../functions/model/place-label.ts';
import { type TruckBranch, valueOrNull } from '../api/types.ts';
import type { Translations } from '../i18n/translations.ts';

/**
 * Where a branch is: its address, or the city's description of the place if there is no street address.
 * @returns `details`: the first description that the name does not have
 */
export function placeName(
  t: Translations,
  { address, location_descriptions: descriptions }: Pick<TruckBranch, 'address' | 'location_descriptions'>,
): { readonly name: string | null; readonly details: string | null } {
  const name = placeText({ address: valueOrNull(address), descriptions });
  const details = descriptions.find((text) => text !== name) ?? null;
  return { name: name && t.street(name), details: details && t.street(details) };
}
