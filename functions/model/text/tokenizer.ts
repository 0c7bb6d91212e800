import { asciiLetter } from './latin-letters.ts';

/**
 * Folds a text to the form in which words are compared: compatibility forms unified (NFKD), accents dropped, letters that do not
 * decompose (`œ`, `ß`, `ł`, `đ`) written in ASCII as Lucene's ASCIIFoldingFilter writes them, lower case, apostrophes inside words
 * dropped ("Taco's" is "tacos").
 */
export function fold(text: string): string {
  if (isAscii(text)) {
    const lower = text.toLowerCase().replaceAll('`', "'");
    return lower.includes("'") ? lower.replace(/(?<=[a-z0-9])'+(?=[a-z])/g, '') : lower;
  }
  // NFKD makes an apostrophe of `ŉ`, and more than one of an acute.
  return plainApostrophes(plainApostrophes(text).normalize('NFKD'))
    .replace(/[\u0300-\u036f]/g, '')
    .replace(UNDECOMPOSED, asciiLetter)
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}\p{M}])'+(?=\p{L})/gu, '');
}

/** Latin letters that NFKD leaves as they are, and the two capitals of other blocks whose small letters are among them. */
const UNDECOMPOSED = /[\u00c6-\u024f\u1e00-\u1eff\ua730-\ua7ff\u2c7e\u2c7f]/g;

/**
 * Whether all characters are ASCII. Most texts are, and simpler patterns do for them: V8 needs milliseconds in each process to compile
 * one with Unicode classes, and runs it more slowly.
 */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** The text with one kind of apostrophe; its length stays the same. */
export function plainApostrophes(text: string): string {
  return text.replace(APOSTROPHES, "'");
}

/** What people type for an apostrophe: the four quotes, the modifier letter, the prime, grave, acute, and the wide form. */
const APOSTROPHES = /[\u2018\u2019\u201b\u02bc\u2032`\u00b4\uff07]/g;

/*
 * A word is a run of letters, digits and the marks that scripts such as Devanagari need. An initialism is one word: single letters with
 * dots or hyphens between them (`B.B.Q.`, `b-l-t`), or one or two letters on each side of an ampersand (`PB&J`, `AT&T`).
 */
const ASCII_WORD =
  /[a-z](?:[.-][a-z])+(?![a-z0-9])|[a-z]{1,2}(?:&[a-z]{1,2})+(?:'s)?(?![a-z0-9])|[a-z0-9]+(?:'+(?=[a-z])[a-z0-9]+)*/gi;
const WORD =
  /\p{L}(?:[.-]\p{L})+(?![\p{L}\p{N}\p{M}])|\p{L}{1,2}(?:&\p{L}{1,2})+(?:'s)?(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}\p{M}]+(?:'+(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu;

/** Scripts that write words without blanks between them. */
const CJK = /[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}]/u;
const CJK_RUNS_AND_OTHERS =
  /[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}]+/gu;

/** A word as it is compared, and where it is in the text: UTF-16 units, the end excluded. */
export type PlacedToken = { readonly word: string; readonly start: number; readonly end: number };

/**
 * The words of a text in their order, with their places. Zeros before a number are dropped, because the city writes "01ST ST" and people
 * write "1st st". A run of Chinese, Japanese or Korean characters becomes its overlapping pairs, as Lucene's CJKBigramFilter makes
 * them; a single such character is a word.
 */
export function placedTokens(text: string): PlacedToken[] {
  return textRuns(text).flatMap((run) => (run.isCjk ? bigramsOf(run, text.slice(run.start, run.end)) : [run]));
}

/** A word, or a whole run of characters without blanks between words. */
export type TextRun = PlacedToken & { readonly isCjk: boolean };

/** {@link placedTokens} before runs of Chinese, Japanese and Korean are cut into pairs. */
export function textRuns(text: string): TextRun[] {
  const plain = plainApostrophes(text);
  if (isAscii(plain)) {
    return Array.from(plain.matchAll(ASCII_WORD), ({ 0: written, index }) => {
      return { word: tidied(fold(written)), start: index, end: index + written.length, isCjk: false };
    });
  }
  return Array.from(plain.matchAll(WORD)).flatMap(({ 0: written, index }) =>
    piecesByScript(written).flatMap(({ piece, at }) => runsOf(piece, index + at)),
  );
}

/** Cuts a word where characters that are written without blanks begin or end. */
function piecesByScript(word: string): { piece: string; at: number; isCjk: boolean }[] {
  if (!CJK.test(word)) return [{ piece: word, at: 0, isCjk: false }];
  return Array.from(word.matchAll(CJK_RUNS_AND_OTHERS), ({ 0: piece, index }) => {
    return { piece, at: index, isCjk: CJK.test(piece) };
  });
}

/** The folded words of a piece: usually one, but `½` has two (1 and 2), and an accent alone has none. */
function runsOf(written: string, start: number): TextRun[] {
  const words = tidied(fold(written)).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.flatMap((word) =>
    piecesByScript(word).map(({ piece, isCjk }) => {
      // Folding decomposes Korean syllables; compose them again.
      const folded = isCjk ? piece.normalize('NFC') : tidied(piece);
      return { word: folded, start, end: start + written.length, isCjk };
    }),
  );
}

/** @param written as the text has it: each pair has its own place unless folding changed the number of characters */
export function bigramsOf({ word, start, end }: PlacedToken, written: string): PlacedToken[] {
  const characters = [...word];
  if (characters.length < 2) return [{ word, start, end }];
  const lengths = Array.from(written, ({ length }) => length);
  const isSame = lengths.length === characters.length;
  let at = start;
  return characters.slice(0, -1).map((character, index) => {
    const pair = character + characters[index + 1];
    if (!isSame) return { word: pair, start, end };
    const from = at;
    at += lengths[index] as number;
    return { word: pair, start: from, end: at + (lengths[index + 1] as number) };
  });
}

/** The words of a text in their order, as {@link placedTokens} reads them. */
export function tokens(text: string): string[] {
  if (!isAscii(text) || /[.&-]/.test(text)) return placedTokens(text).map(({ word }) => word);
  return (fold(text).match(/[a-z0-9]+/g) ?? []).map(tidied);
}

function tidied(word: string): string {
  const plain = /[.&-]/.test(word) ? word.replace(/[.&-]/g, '') : word;
  return plain.startsWith('0') ? plain.replace(/^0+(?=\d)/, '') : plain;
}

/** Words with hyphens between them: `7-Up`, `coca-cola`. */
const HYPHENATED = /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;
/** Initials with blanks around the ampersand: `D & T`. */
const SPACED_INITIALS = /(?<![\p{L}\p{N}\p{M}'])\p{L}{1,2}(?: & \p{L}{1,2})+(?![\p{L}\p{N}\p{M}'])/gu;

/**
 * The words of a text that people also write as one, folded: with hyphens (`7-Up` is `7up`) or as initials (`D & T` is `dt`, as `D&T` is).
 * A text has them besides its words, so that both forms find it. Initialisms without blanks are words already.
 */
export function joinedForms(text: string): string[] {
  const hyphenated = text.includes('-') ? [...text.matchAll(HYPHENATED)].map(([written]) => written) : [];
  const initials = text.includes(' & ') ? [...text.matchAll(SPACED_INITIALS)].map(([written]) => written) : [];
  return [...hyphenated.filter((written) => !/^\p{L}(?:-\p{L})+$/u.test(written)), ...initials].map((written) =>
    fold(written).replace(/[-& ]/g, ''),
  );
}

/** Letters that both words of a joined name must have, at least: initials are joined by {@link joinedForms}. */
const JOINED_LETTERS = 2;

/** The pairs of neighbouring words of a vendor's name, written as one: people write `Sun Rise Catering` as `Sunrise Catering`. */
export function joinedNames(words: readonly string[]): string[] {
  const joined: string[] = [];
  let last = '';
  for (const word of words) {
    const isJoinable = word.length >= JOINED_LETTERS && /^[a-z]+$/.test(word);
    if (isJoinable && last !== '') joined.push(last + word);
    last = isJoinable ? word : '';
  }
  return joined;
}

/** The key under which a filter's value and the data's are the same: `hot_dogs`, `Hot Dogs` and `hot-dogs` are one. */
export function valueKey(value: string): string {
  return tokens(value).join(' ');
}
