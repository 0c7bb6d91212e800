import { type TruckBranch, valueOrNull } from '../api/types.ts';
import type { Translations } from '../i18n/translations.ts';

/** The number of a parcel, where the city has no street address: `Assessors Block 7283/Lot004`. */
const PARCEL = /^assessors block/i;

/**
 * Where a branch is: its address, or the description of the place if there is no street address.
 * @returns `details`: the description, next to an address
 */
export function placeName(
  t: Translations,
  { address, location_description }: TruckBranch,
): { readonly name: string | null; readonly details: string | null } {
  const street = valueOrNull(address);
  // It mixes capitals and small letters: `MARKET ST: DRUMM ST intersection`.
  const description = location_description?.replace(/[\p{Lu}\p{N}'’]{2,}/gu, t.street) || null;
  if (description && (!street || PARCEL.test(street))) return { name: description, details: null };
  return { name: street && t.street(street), details: description };
}
