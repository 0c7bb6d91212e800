/*
 * The entities of HTML 4 for Latin letters and typography (https://www.w3.org/TR/html401/sgml/entities.html). A library has all 2,125
 * of HTML 5, in 40 kB and more: the others are mathematics, which no city writes about food.
 */

/** U+00A0 to U+00FF, in their order. */
const LATIN_1 =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para
  middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc
  Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN
  szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve
  oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(/\s+/);

const OTHERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  OElig: 'Œ',
  oelig: 'œ',
  Scaron: 'Š',
  scaron: 'š',
  Yuml: 'Ÿ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  bull: '•',
  hellip: '…',
  prime: '′',
  frasl: '⁄',
  euro: '€',
  trade: '™',
};

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
  ...Object.entries(OTHERS),
]);

/** The characters of Windows-1252 from 0x80, which HTML reads in numbers from 128 to 159. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Exports that encode twice write `&amp;amp;`; three times is enough. */
const MAX_ROUNDS = 3;

/**
 * A text with its HTML entities decoded: `Mac &amp; Cheese`, `Jalape&ntilde;o`, `M&#39;s`. They come from databases that were
 * filled by web forms. Unknown names stay as they are, and so does an `&` without a `;`.
 */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_ROUNDS && decoded.includes('&') && decoded.includes(';'); round++) {
    const next = decoded.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]\w{1,7}));/gi, characterOf);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

function characterOf(written: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined)
    return CHARACTERS.get(name) ?? (/^[A-Z]+$/.test(name) ? CHARACTERS.get(name.toLowerCase()) : undefined) ?? written;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] ?? written;
  const isCharacter =
    (code >= 0x20 || code === 9 || code === 10 || code === 13) &&
    code <= 0x10ffff &&
    !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : written;
}
