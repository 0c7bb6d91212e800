/** How people ask in one language. Lists are separated by commas, lists of single words by blanks. */
export type LanguageVocabulary = {
  /** A line for each thing: what the data calls it (English), a colon, and the words of this language for it. */
  readonly meanings: string;
  /** Diets and allergens, in the same form: required and never given up. */
  readonly diets: string;
  /** What else a word covers when it is excluded, in the same form: `pork: pork, bacon, …`. English only. */
  readonly kinds: string;
  /** Other words of food, which have no word that means the same: typos are not looked for. Separated by blanks. */
  readonly foods: string;
  /** Words that add to a score where they match, and are never required: food, truck, best, … */
  readonly fillers: string;
  /** Words that say nothing about food: with, where, please, … */
  readonly ignored: string;
  /** Phrases that say nothing about food, though a part of them would: can't find, why not, … */
  readonly asides: string;
  /** Words that exclude the next word or phrase. */
  readonly negations: string;
  /** Words that exclude the food in front of them: shellfish *allergy*. */
  readonly negationsAfter: string;
  /** Joins a further excluded word: no pork *or* beef. Between required words, either of them is enough. */
  readonly connectives: string;
  /** Joins a further excluded word too, but required words are both required. */
  readonly conjunctions: string;
  readonly nearMe: string;
  readonly openNow: string;
  /** Ask for times, so that a word for "open" in the same question is not an intent. */
  readonly whens: string;
};

/** What a city adds to the vocabularies, in the same form and in any language: names of its own for dishes and places, for example. */
export type CityVocabulary = { readonly [Part in keyof LanguageVocabulary]?: string };
