/** How an entry is read; if the same words have two readings, the first in this list counts. */
export const ENTRY_KINDS = [
  'diet',
  'near_me',
  'open_now',
  'negation',
  'negation_after',
  'when',
  'meaning',
  'connective',
  'conjunction',
  'filler',
  'ignored',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Stems next to each other within one text. */
export type Phrase = readonly string[];

/** A word or phrase of a question that the vocabularies know. */
export type Entry = {
  readonly kind: EntryKind;
  /** Its stems ({@link vocabularyStem}); of a word in Chinese characters, its characters. */
  readonly stems: Phrase;
  /** What it means in the data's words, for a person to read. */
  readonly meanings: readonly string[];
  /** The data's phrases that mean the same, without its own. */
  readonly alternatives: readonly Phrase[];
  /** Several words in the script of the data, which has them next to each other if it has the phrase. */
  readonly isDataPhrase: boolean;
};

/** The kinds of entries that are food. */
export const FOOD_KINDS: ReadonlySet<EntryKind | undefined> = new Set(['meaning', 'diet']);

/** Works its alternatives out when it is met: a question has a few entries of the thousand that there are. */
export class LazyEntry implements Entry {
  readonly kind: EntryKind;
  readonly stems: Phrase;
  readonly key: string;
  meanings: readonly string[];
  #written: readonly string[];
  readonly #synonyms: (written: string) => readonly Phrase[];
  #alternatives: readonly Phrase[] | undefined;

  /** @param written phrases of the data that mean the same */
  constructor(
    kind: EntryKind,
    stems: Phrase,
    meanings: readonly string[],
    written: readonly string[],
    synonyms: (written: string) => readonly Phrase[],
  ) {
    this.kind = kind;
    this.stems = stems;
    this.key = keyOf(stems);
    this.meanings = meanings;
    this.#written = written;
    this.#synonyms = synonyms;
  }

  join(other: LazyEntry): void {
    this.meanings = [...new Set([...this.meanings, ...other.meanings])];
    this.#written = [...this.#written, ...other.#written];
  }

  get isDataPhrase(): boolean {
    return this.stems.length > 1 && this.stems.every(isDataWord);
  }

  get alternatives(): readonly Phrase[] {
    this.#alternatives ??= uniquePhrases(this.#written.flatMap((one) => this.#synonyms(one))).filter(
      (phrase) => keyOf(phrase) !== this.key,
    );
    return this.#alternatives;
  }
}

/** Whether a stem is of the script of the data: an index holds the vocabularies' phrases in no other. */
export function isDataWord(stem: string): boolean {
  return /^[a-z0-9]+$/.test(stem);
}

export function keyOf(phrase: Phrase): string {
  return phrase.length === 1 ? (phrase[0] as string) : phrase.join(' ');
}

export function uniquePhrases(phrases: readonly Phrase[]): Phrase[] {
  return [...new Map(phrases.map((phrase) => [keyOf(phrase), phrase])).values()];
}
