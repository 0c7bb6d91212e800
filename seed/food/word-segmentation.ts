import type { FoodWords } from './food-words.ts';

/** One part of a text between separators, with the words that were run together in it. */
export type SegmentedPart = {
  /** Usually the part itself; several where the newlines between dishes were lost. */
  readonly dishes: readonly string[];
  /** Searched, not shown: words as they were run together, and the parts of compounds. */
  readonly searchText: readonly string[];
};

/**
 * Where capitals may begin a dish: `BowlsNaughty`, `menu808`, `(vegan)Mango`. Three small letters are required before a capital, so
 * `PoBoy`, `McMuffin`, `iPhone` and `RedBull` have no such place.
 */
const CAMEL = /(?<=\p{Ll}{3})(?=\p{Lu}{2}|\p{Lu}\p{Ll})|(?<=\p{Ll}{4})(?=\d{2})|(?<=\p{Ll}\))(?=\p{Lu})/gu;

/** Letters of a word that may be split, and of a half. */
const MIN_COMPOUND = 7;
const MAX_COMPOUND = 40;
const MIN_HALF = 3;
/** Letters of a dish's last word that is enough to split off an unknown word (`SANDWICHSHIRMP`). */
const MIN_EVIDENCE = 4;
/** As many run-together words without capitals are no coincidence: the real text that lost its newlines has 10. */
const MIN_RUN_TOGETHER = 3;

/** Last words of compounds: "ricebowl", "noodlesoup", "cheesecake" are one dish each. */
const COMPOUND_ENDS =
  /^(?:balls?|bars?|bowls?|box(?:es)?|breads?|burgers?|cakes?|corns?|creams?|dogs?|fish|foods?|fr(?:y|ies)|juices?|milk|nuts?|pies?|plates?|pops?|rolls?|salads?|sandwich(?:es)?|sauces?|shakes?|soups?|steaks?|sticks?|teas?|wiches?|wraps?)$/i;

/**
 * Finds the words of a text that were run together. A dish is never torn: a compound (`cheesecake`, `FriedChicken`) stays one word, and
 * its parts are only searched. Dishes are separated only in a text that surely lost the newlines between them, by signs in
 * that text alone: a small letter or a plural before a capital (`samosaKathi`, `BowlsNaughty`), two dishes in one
 * word (`snacksdrinks`), or three words that each begin with the end of a dish (`SANDWICHGRILL`).
 * @returns a function for the parts of the text
 */
export function segmentWords(text: string, words: FoodWords): (part: string) => SegmentedPart {
  const lostNewlines = hasLostNewlines(text, words);
  return (part) => {
    const searchText = new Set<string>();
    const marked = part.replace(/\S+/g, (written) => {
      const pieces = written.split(CAMEL);
      const separate = pieces.map((piece, at) => {
        const next = pieces[at + 1];
        const shown = splitRunTogether(piece, words, lostNewlines, searchText);
        if (next === undefined) return shown;
        return shown + (lostNewlines ? (isCompound(piece, next, words) ? ' ' : '\n') : '');
      });
      if (pieces.length > 1) searchText.add(lostNewlines ? written : pieces.join(' '));
      return separate.join('');
    });
    const dishes = marked.split('\n').map((dish) => dish.trim());
    return {
      dishes: dishes.map((dish) => (dishes.length > 1 ? spacePhrases(dish, words) : dish)),
      searchText: [...searchText],
    };
  };
}

function hasLostNewlines(text: string, words: FoodWords): boolean {
  let runTogether = 0;
  for (const [written] of text.matchAll(/\S+/g)) {
    const pieces = written.split(CAMEL);
    for (const [at, piece] of pieces.entries()) {
      const next = pieces[at + 1];
      if (next !== undefined && isSureEnd(piece, next, words)) return true;
      for (const [word] of piece.matchAll(/\p{L}+/gu)) {
        const halves = dishHalves(word, words, (right) => words.isKnown(right));
        if (!halves) continue;
        if (words.isPluralDish(halves[0]) && words.endsDish(halves[1])) return true;
        runTogether += 1;
      }
    }
  }
  return runTogether >= MIN_RUN_TOGETHER;
}

function isSureEnd(piece: string, next: string, words: FoodWords): boolean {
  if (isCompound(piece, next, words)) return false;
  if (/^\P{L}*\p{Ll}/u.test(piece)) return true;
  // "Pier39" may be a name.
  return !/^\d/.test(next) && (piece.endsWith(')') || words.isPluralDish(piece));
}

/** Whether two pieces of a word belong to one dish: "FriedChicken" is a phrase, and "ChickenTacos" a modifier with its noun. */
function isCompound(piece: string, next: string, words: FoodWords): boolean {
  if (words.isPhrase([piece, next])) return true;
  return /^\p{Lu}/u.test(piece) && !words.isPluralDish(piece) && words.isPluralDish(next);
}

/** Marks the end of a dish within each word with a newline if the text lost its newlines; notes the parts of other compounds. */
function splitRunTogether(piece: string, words: FoodWords, lostNewlines: boolean, searchText: Set<string>): string {
  return piece.replace(/\p{L}+/gu, (word) => {
    const halves = lostNewlines
      ? (dishHalves(word, words, (right) => words.isKnown(right)) ?? dishHalves(word, words))
      : undefined;
    if (halves) {
      searchText.add(word);
      return halves.join('\n');
    }
    const parts = compoundParts(word, words);
    if (parts) searchText.add(parts.join(' '));
    return word;
  });
}

/** The end of one dish and the start of the next, if a word that the vocabulary lacks is both. */
function dishHalves(
  word: string,
  words: FoodWords,
  accept?: (right: string) => boolean,
): readonly [string, string] | undefined {
  if (words.isKnown(word)) return undefined;
  return splitWord(word, (left, right) => {
    if (!words.endsDish(left) || (!words.isPluralDish(left) && COMPOUND_ENDS.test(right))) return false;
    return accept ? accept(right) : left.length >= MIN_EVIDENCE;
  });
}

/**
 * The two words of a compound: both in the vocabulary, which has the compound too only if it has the two as a phrase. A
 * capital inside a word makes a name: `RedBull`.
 */
function compoundParts(word: string, words: FoodWords): readonly [string, string] | undefined {
  if (/\p{Ll}\p{Lu}/u.test(word)) return undefined;
  const isKnown = words.isKnown(word);
  return splitWord(word, (left, right) =>
    isKnown ? words.isPhrase([left, right]) : words.isKnown(left) && words.isKnown(right),
  );
}

/** The accepted split with the longest first half. */
function splitWord(
  word: string,
  accept: (left: string, right: string) => boolean,
): readonly [string, string] | undefined {
  if (word.length < MIN_COMPOUND || word.length > MAX_COMPOUND) return undefined;
  for (let at = word.length - MIN_HALF; at >= MIN_HALF; at--) {
    const pair = [word.slice(0, at), word.slice(at)] as const;
    if (accept(...pair)) return pair;
  }
  return undefined;
}

/** "HotDogs" as "Hot Dogs", if that is a phrase of the vocabulary. */
function spacePhrases(dish: string, words: FoodWords): string {
  return dish.replace(/(\p{Lu}\p{Ll}+)(\p{Lu}\p{Ll}+)/gu, (written, left: string, right: string) =>
    left.length >= MIN_HALF && words.isPhrase([left, right]) ? `${left} ${right}` : written,
  );
}
