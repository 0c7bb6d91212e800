import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';

/** Words and stems in at least two different texts of a file, by which run-together words are split. */
export type KnownWords = ReadonlySet<string>;

/** @param texts the food texts of a file; repeated texts count once */
export function findKnownWords(texts: Iterable<string>): KnownWords {
  const once = new Set<string>();
  const known = new Set<string>();
  for (const text of new Set(texts)) {
    for (const word of new Set(tokens(text).flatMap((word) => [word, stem(word)]))) {
      (once.has(word) ? known : once).add(word);
    }
  }
  return known;
}

/** The run-together words of a text. */
export type Segmentation = {
  /** Word as written to its two halves, in the text's spelling. */
  readonly halves: ReadonlyMap<string, readonly [string, string]>;
  /** Whether the text lost its newlines, so that such a word ends one dish and starts the next. Otherwise it is a compound. */
  readonly lostNewlines: boolean;
};

/** Splits `BowlsNaughty`, `menu808`, `(vegan)Mango`, but not `PoBoy`, `McMuffin`, `iPhone`, `RedBull`: it needs three lower-case letters. */
const CAMEL = /(?<=\p{Ll}{3})(?=\p{Lu}{2}|\p{Lu}\p{Ll})|(?<=\p{Ll}{4})(?=\d{2})|(?<=\p{Ll}\))(?=\p{Lu})/gu;

export function splitCamelCase(text: string): string[] {
  return text.split(CAMEL);
}

/** Letters of a word that may be split, and of a half. */
const MIN_COMPOUND = 7;
const MAX_COMPOUND = 40;
const MIN_HALF = 3;
/** Letters of a known half that is enough evidence to split off an unknown one (`SANDWICHSHIRMP`). */
const MIN_EVIDENCE = 4;

/**
 * Splits words into two known ones (`platterstreet`, `SANDWICHGRILL`). In a text that lost newlines, one known half is
 * enough, and the other half is known from then on (`DOSACHICKEN` teaches `DOSAPANNER`).
 */
export function segmentWords(text: string, knownWords: KnownWords): Segmentation {
  const learned = new Set<string>();
  const isKnown = (form: string) => knownWords.has(form) || learned.has(form);
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

/** The accepted split with the longest first half. */
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

/** A word in the form of {@link tokens}. */
function folded(word: string): string {
  return tokens(word)[0] ?? '';
}
