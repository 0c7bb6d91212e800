import type { DataWords } from './parsed-query.ts';
import type { EntryKind, Vocabulary } from './vocabulary/vocabulary.ts';
import { vocabularyStem } from './vocabulary/vocabulary.ts';

const CONTROLS: ReadonlySet<EntryKind> = new Set([
  'near_me',
  'open_now',
  'negation',
  'connective',
  'filler',
  'ignored',
]);

/** Letters of the longest word that {@link DataWords} lists. */
const SHORT = 2;

/** Collects what the parser must know of a release, vendor by vendor. */
export class DataWordCollector {
  readonly #vocabulary: Vocabulary;
  readonly #shortWords = new Set<string>();
  readonly #literalPairs = new Set<string>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** Adds a word of any text. */
  addWord(word: string): void {
    if (word.length <= SHORT) this.#shortWords.add(word);
  }

  /** Adds the words of a vendor's name: `sin city` begins like a negation, and is none. */
  addName(words: readonly string[]): void {
    for (let at = 0; at + 1 < words.length; at++) {
      const stem = vocabularyStem(words[at] as string);
      const isControl = this.#vocabulary.entriesAt(stem).some(({ kind }) => CONTROLS.has(kind));
      if (isControl) this.#literalPairs.add(`${stem} ${vocabularyStem(words[at + 1] as string)}`);
    }
  }

  /** In an order of its own, so that the same data gives the same bytes. */
  result(): DataWords {
    return { shortWords: [...this.#shortWords].sort(), literalPairs: [...this.#literalPairs].sort() };
  }
}
