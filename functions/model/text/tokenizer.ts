/**
 * Folds a text to the form in which words are compared: compatibility forms unified (NFKD), Latin accents dropped,
 * lower case, apostrophes inside words dropped ("Taco's" is "tacos").
 */
export function fold(text: string): string {
  if (isAscii(text)) {
    const lower = text.toLowerCase().replaceAll('`', "'");
    return lower.includes("'") ? lower.replace(/(?<=[a-z0-9])'+(?=[a-z])/g, '') : lower;
  }
  return plainApostrophes(text)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}])'+(?=\p{L})/gu, '');
}

/**
 * Most texts are: for them shorter patterns say the same. V8 takes milliseconds to make ready one with Unicode's classes, in every process anew,
 * and runs it slower.
 */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** The text with one kind of apostrophe, as long as before. */
export function plainApostrophes(text: string): string {
  return text.replace(APOSTROPHES, "'");
}

/** What people type for an apostrophe: the four quotes, the modifier letter, the prime, grave, acute, and the wide form. */
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u2032`\u00b4\uff07]/g;

/**
 * The words of a text in their order: folded runs of letters, digits and the marks that scripts such as Devanagari
 * need. Zeros before a number are dropped, because the city writes "01ST ST" and people write "1st st".
 */
export function tokens(text: string): string[] {
  const folded = fold(text);
  const words = folded.match(isAscii(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.map((word) => (word.startsWith('0') ? word.replace(/^0+(?=\d)/, '') : word));
}

/** The key under which a filter's value and the data's are the same: `hot_dogs`, `Hot Dogs` and `hot-dogs` are one. */
export function valueKey(value: string): string {
  return tokens(value).join(' ');
}
