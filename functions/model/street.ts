/** An address as people write it. Cities use capitals and padded ordinals ("50 01ST ST"). */
export function streetOf(address: string): string {
  if (/\p{Ll}/u.test(address)) return address;
  return address
    .toLowerCase()
    .replace(/\b0+(?=\d+(st|nd|rd|th)\b)/g, '')
    .replace(/(?<![\p{L}\p{N}'’])\p{L}|(?<=['’])\p{L}(?=\p{L})/gu, (letter) => letter.toUpperCase());
}
