import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';

/** Words and stems that occur in at least two different texts of a file: what a glued word can be taken apart with. */
export type Vocabulary = ReadonlySet<string>;

/** The words of a file's food texts; a text that is repeated counts once. */
export function foodVocabulary(texts: Iterable<string>): Vocabulary {
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
export type Glue = {
  /** Words as written to their two halves, in the spelling of the text. */
  readonly halves: ReadonlyMap<string, readonly [string, string]>;
  /** Whether the text surely lost newlines, so that a glued word is the end of one dish and the start of the next. */
  readonly lostNewlines: boolean;
};

/** `BowlsNaughty`, `menu808`, `(vegan)Mango`; not `PoBoy`, `McMuffin`, `iPhone`, `RedBull`: three small letters go before. */
const CAMEL = /(?<=\p{Ll}{3})(?=\p{Lu}{2}|\p{Lu}\p{Ll})|(?<=\p{Ll}{4})(?=\d{2})|(?<=\p{Ll}\))(?=\p{Lu})/gu;

/** Parts a text at its camel-case joints. */
export function splitCamel(text: string): string[] {
  return text.split(CAMEL);
}

/** The fewest and the most letters of a word that may be two, and the fewest of a half. */
const SHORTEST_GLUED = 7;
const LONGEST_GLUED = 40;
const SHORTEST_HALF = 3;
/** A word of at least this many letters, known from another text, vouches for a half that nobody knows (`SANDWICHSHIRMP`). */
const STRONG_HALF = 4;

/**
 * Finds words that are two by the file's own vocabulary (`platterstreet`, `SANDWICHGRILL`). In a text that lost newlines
 * one known half is enough, and what it leaves is known from then on (`DOSACHICKEN` teaches `DOSAPANNER`).
 */
export function findGlue(text: string, vocabulary: Vocabulary): Glue {
  const learned = new Set<string>();
  const isKnown = (form: string) => vocabulary.has(form) || learned.has(form);
  const asWritten = (word: string) => isKnown(exact(word));
  const asStem = (word: string) => isKnown(exact(word)) || isKnown(stem(exact(word)));
  const pieces = splitCamel(text);
  const words = pieces.flatMap((piece) => piece.match(/\p{L}+/gu) ?? []);
  const unknown = new Set(
    words.filter((word) => word.length >= SHORTEST_GLUED && word.length <= LONGEST_GLUED && !asStem(word)),
  );
  const halves = new Map<string, readonly [string, string]>();
  for (const word of unknown) {
    const pair = cut(word, (left, right) => asStem(left) && asStem(right));
    if (pair) halves.set(word, pair);
  }
  const lostNewlines = pieces.length > 1 || halves.size >= 2;
  for (let found = lostNewlines; found; ) {
    found = false;
    for (const word of unknown) {
      if (halves.has(word)) continue;
      const vouchedBy = (known: (half: string) => boolean) =>
        cut(word, (...both) => both.some((half) => half.length >= STRONG_HALF && known(half)));
      const pair = vouchedBy(asWritten) ?? vouchedBy(asStem);
      if (!pair) continue;
      halves.set(word, pair);
      for (const half of pair) learned.add(exact(half)).add(stem(exact(half)));
      found = true;
    }
  }
  return { halves, lostNewlines };
}

/** The cut with the longest first half that is accepted. */
function cut(word: string, accept: (left: string, right: string) => boolean): readonly [string, string] | undefined {
  for (let at = word.length - SHORTEST_HALF; at >= SHORTEST_HALF; at--) {
    const pair = [word.slice(0, at), word.slice(at)] as const;
    if (accept(...pair)) return pair;
  }
  return undefined;
}

/** A run of letters in the form of {@link tokens}. */
function exact(word: string): string {
  return tokens(word)[0] ?? '';
}
