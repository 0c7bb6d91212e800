import type { Phrase } from './vocabulary/vocabulary-entry.ts';

/** A word of a query with the forms that it may match. */
export type QueryTerm = {
  readonly word: string;
  readonly stem: string;
  /** Somebody may still be typing the last word: it matches as a prefix too. */
  readonly isPrefix: boolean;
};

/**
 * What must match as one: all of its terms, each anywhere, or one of its phrases, whose stems are next to each other within one text.
 * Without terms only the phrases count.
 */
export type Clause = {
  readonly terms: readonly QueryTerm[];
  readonly synonymPhrases: readonly Phrase[];
  /** A phrase that the vocabularies know: its words count only next to each other, so that "ice cream" is not iced coffee with cream. */
  readonly isPhrase: boolean;
  /** Its words are in the vocabularies, so they are spelled as they are meant: no typos. */
  readonly isKnown: boolean;
  /** Quoted by the caller: no typos, and its phrases may be any words, not only those that the vocabularies know. */
  readonly isQuoted: boolean;
  /** A diet or an allergen: relaxation never drops it, and no typo turns it into another word. */
  readonly isProtected: boolean;
  /** A filler such as "truck" scores the same in every field. */
  readonly isFiller: boolean;
  /** As the question has it. */
  readonly text: string;
  /** The number of words of the question: a phrase scores once for each. */
  readonly size: number;
};

/** The roles of a part of a question. */
export const UNDERSTOOD_AS = [
  'word',
  'phrase',
  'excluded',
  'diet',
  'optional',
  'ignored',
  'near_me',
  'open_now',
] as const;

/** How a part of a question was understood. */
export type Understood = {
  /** As it is written in the question. */
  readonly text: string;
  readonly as: (typeof UNDERSTOOD_AS)[number];
  /** What it means in the data's words, where that is something else. */
  readonly means: readonly string[];
};

/** A question, read. */
export type ParsedQuery = {
  /** One branch must have all of them. */
  readonly required: readonly Clause[];
  /** These add to the score where they match. */
  readonly optional: readonly Clause[];
  /** A vendor that has one in its food, category or name is left out. */
  readonly excluded: readonly Clause[];
  readonly nearMe: boolean;
  readonly openNow: boolean;
  /** The question has no words, only punctuation: nothing matches it. */
  readonly isUnsearchable: boolean;
  /** The parts of the question, in order. */
  readonly understood: readonly Understood[];
  /** Words that became optional because the question has more than {@link MOST_REQUIRED}. */
  readonly surplus: readonly string[];
};

/** Required clauses of a question, at most; `strict` has no limit. */
export const MOST_REQUIRED = 8;

/** What the parser must know of a release. */
export type DataWords = {
  /** Words of one or two letters that the data has. */
  readonly shortWords: readonly string[];
  /** Pairs of stems in vendors' names that begin like an intent or a negation: `sin city`. They are taken literally. */
  readonly literalPairs: readonly string[];
};

export const NO_DATA_WORDS: DataWords = { shortWords: [], literalPairs: [] };
