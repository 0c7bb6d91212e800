import type { DataWords } from './parsed-query.ts';
import type { Vocabulary } from './vocabulary/compiled-vocabulary.ts';
import type { EntryKind } from './vocabulary/vocabulary-entry.ts';
import { vocabularyStem } from './vocabulary/vocabulary-stems.ts';

/** Entries that would change the meaning of a name. Fillers do not: most vendors are called a truck. */
const CONTROLS: ReadonlySet<EntryKind> = new Set(['near_me', 'open_now', 'negation']);

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

  /** Adds the words of a vendor's name: `sin city` begins like a negation but is not one. */
  addName(words: readonly string[]): void {
    const stems = words.map(vocabularyStem);
    for (const [at, first] of stems.entries()) {
      for (const entry of this.#vocabulary.entriesAt(first)) {
        const next = stems[at + entry.stems.length];
        const isControl = CONTROLS.has(entry.kind) && entry.stems.every((one, offset) => stems[at + offset] === one);
        if (isControl && next !== undefined) this.#literalPairs.add(`${entry.stems.at(-1)} ${next}`);
      }
    }
  }

  /** Sorted, so that the same data has the same bytes. */
  result(): DataWords {
    return { shortWords: [...this.#shortWords].sort(), literalPairs: [...this.#literalPairs].sort() };
  }
}
