/** How people ask in one language. Lists are separated by commas, lists of single words by blanks. */
export type LanguageVocabulary = {
  /** A line for each thing: what the data calls it (English), a colon, and the words of this language for it. */
  readonly meanings: string;
  /** Diets and allergens, in the same form: required and never given up. */
  readonly diets: string;
  /** What else a word covers when it is excluded, in the same form: `pork: pork, bacon, …`. English only. */
  readonly kinds: string;
  /** Words that add to a score where they match, and are never required: food, truck, best, … */
  readonly fillers: string;
  /** Words that say nothing about food: with, where, please, … */
  readonly ignored: string;
  /** The word or phrase after one of these is excluded. */
  readonly negations: string;
  /** Joins a further excluded word: no pork *or* beef. */
  readonly connectives: string;
  readonly nearMe: string;
  readonly openNow: string;
};
