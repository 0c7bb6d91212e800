import { stem, tokens } from '../../functions/model/text/tokenizer.ts';

/** Words and stems that occur in at least two different texts of a file: what a glued word can be taken apart with. */
export type KnownWords = ReadonlySet<string>;

/** The words of a file's food texts; a text that is repeated counts once. */
export function knownWords(texts: Iterable<string>): KnownWords {
  const once = new Set<string>();
  const known = new Set<string>();
  for (const text of new Set(texts)) {
    for (const word of new Set(tokens(text).flatMap((word) => [word, stem(word)]))) {
      (once.has(word) ? known : once).add(word);
    }
  }
  return known;
}

/** What is glued in a text: where it was lost newlines, the halves of each word; elsewhere compounds. */
export type Segmentation = {
  /** Words as written to their two halves, in the spelling of the text. */
  readonly halves: ReadonlyMap<string, readonly [string, string]>;
  /** Whether the text surely lost newlines, so that a glued word is the end of one dish and the start of the next. */
  readonly lostNewlines: boolean;
};

/** `BowlsNaughty`, `menu808`, `(vegan)Mango`; not `PoBoy`, `McMuffin`, `iPhone`, `RedBull`: three small letters go before. */
const CAMEL = /(?<=\p{Ll}{3})(?=\p{Lu}{2}|\p{Lu}\p{Ll})|(?<=\p{Ll}{4})(?=\d{2})|(?<=\p{Ll}\))(?=\p{Lu})/gu;

/** Parts a text at its camel-case joints. */
export function splitCamelCase(text: string): string[] {
  return text.split(CAMEL);
}

/** The fewest and the most letters of a word that may be two, and the fewest of a half. */
const MIN_COMPOUND = 7;
const MAX_COMPOUND = 40;
const MIN_HALF = 3;
/** A word of at least this many letters, known from another text, vouches for a half that nobody knows (`SANDWICHSHIRMP`). */
const MIN_EVIDENCE = 4;

/**
 * Finds words that are two by the file's own vocabulary (`platterstreet`, `SANDWICHGRILL`). In a text that lost newlines
 * one known half is enough, and what it leaves is known from then on (`DOSACHICKEN` teaches `DOSAPANNER`).
 */
export function segmentWords(text: string, vocabulary: KnownWords): Segmentation {
  const learned = new Set<string>();
  const isKnown = (form: string) => vocabulary.has(form) || learned.has(form);
  const asWritten = (word: string) => isKnown(folded(word));
  const asStem = (word: string) => isKnown(folded(word)) || isKnown(stem(folded(word)));
  const pieces = splitCamelCase(text);
  const words = pieces.flatMap((piece) => piece.match(/\p{L}+/gu) ?? []);
  const unknown = new Set(
    words.filter((word) => word.length >= MIN_COMPOUND && word.length <= MAX_COMPOUND && !asStem(word)),
  );
  const halves = new Map<string, readonly [string, string]>();
  for (const word of unknown) {
    const pair = splitWord(word, (left, right) => asStem(left) && asStem(right));
    if (pair) halves.set(word, pair);
  }
  const lostNewlines = pieces.length > 1 || halves.size >= 2;
  for (let found = lostNewlines; found; ) {
    found = false;
    for (const word of unknown) {
      if (halves.has(word)) continue;
      const vouchedBy = (known: (half: string) => boolean) =>
        splitWord(word, (...both) => both.some((half) => half.length >= MIN_EVIDENCE && known(half)));
      const pair = vouchedBy(asWritten) ?? vouchedBy(asStem);
      if (!pair) continue;
      halves.set(word, pair);
      for (const half of pair) learned.add(folded(half)).add(stem(folded(half)));
      found = true;
    }
  }
  return { halves, lostNewlines };
}

/** The cut with the longest first half that is accepted. */
function splitWord(
  word: string,
  accept: (left: string, right: string) => boolean,
): readonly [string, string] | undefined {
  for (let at = word.length - MIN_HALF; at >= MIN_HALF; at--) {
    const pair = [word.slice(0, at), word.slice(at)] as const;
    if (accept(...pair)) return pair;
  }
  return undefined;
}

/** A run of letters in the form of {@link tokens}. */
function folded(word: string): string {
  return tokens(word)[0] ?? '';
}
