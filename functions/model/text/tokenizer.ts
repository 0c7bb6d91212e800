/**
 * Folds a text for comparison: compatibility forms unified (NFKD), Latin accents and apostrophes inside words dropped
 * ("Taco's" becomes "tacos"), lower case.
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
 * Whether a text is plain ASCII. Most texts are, and shorter patterns suffice for them: V8 needs milliseconds in every process to compile
 * a pattern with Unicode classes, and runs it more slowly.
 */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** The text with every apostrophe as U+0027; its length does not change. */
export function plainApostrophes(text: string): string {
  return text.replace(APOSTROPHES, "'");
}

/** Characters used as an apostrophe: single quotation marks, the modifier letter, prime, grave, acute and the full-width form. */
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u2032`\u00b4\uff07]/g;

/**
 * The words of a text, in order: folded sequences of letters, digits and the marks that scripts such as Devanagari need. Leading zeros
 * of a number are dropped, because the city writes "01ST ST" and people write "1st st".
 */
export function tokens(text: string): string[] {
  const folded = fold(text);
  const words = folded.match(isAscii(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.map((word) => (word.startsWith('0') ? word.replace(/^0+(?=\d)/, '') : word));
}

/** The form in which a filter's value and the data's values are compared: `hot_dogs`, `Hot Dogs` and `hot-dogs` are equal. */
export function valueKey(value: string): string {
  return tokens(value).join(' ');
}
