import { capitalLetter } from './text/capital-letter.ts';
import type { Branch } from './vendor.ts';

/** An address that only names a parcel of the land register: "Assessors Block 8727/Lot005". */
const BLOCK = /\bblock\b/i;
const LOT = /\blot/i;

function isParcel(address: string): boolean {
  const block = BLOCK.exec(address);
  return block !== null && LOT.test(address.slice(block.index + block[0].length));
}

type PlaceTexts = Pick<Branch, 'address' | 'descriptions'>;

/** Where a place is, as the city writes it: its address, or a description if the address is missing or names a parcel. `null`: neither. */
export function placeText({ address, descriptions }: PlaceTexts): string | null {
  const [description] = descriptions;
  return address === null || isParcel(address) ? (description ?? address) : address;
}

/** {@link placeText} as people write it. */
export function placeLabel(place: PlaceTexts): string | null {
  const text = placeText(place);
  return text === null ? null : streetOf(text);
}

/** A street as people write it. Cities use capitals and padded ordinals ("50 01ST ST", "01ST ST: BUSH ST to PINE ST"). */
export function streetOf(address: string): string {
  const [street = ''] = address.split(':');
  if (/\p{Ll}/u.test(street)) return address;
  return address.replace(/[\p{Lu}\p{N}'’]+/gu, (word) =>
    word
      .toLowerCase()
      .replace(/^0+(?=\d{1,9}(?:st|nd|rd|th)$)/, '')
      .replace(/^\p{L}|(?<=['’])\p{L}(?=\p{L})/gu, capitalLetter),
  );
}
