import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { FoodRules } from '../city.ts';

/** Category slugs by word or phrase. */
type PhraseIndex = ReadonlyMap<string, readonly string[]>;

type FoodIndex = {
  readonly slugs: PhraseIndex;
  readonly cuisines: ReadonlySet<string>;
  readonly sides: ReadonlySet<string>;
};

const indexes = new WeakMap<FoodRules, FoodIndex>();

/** In words. */
const MAX_PHRASE_LENGTH = 4;

/**
 * The categories of the words in the texts, in the order of the city's table. A phrase must be in one text, and its words
 * count only as the phrase: "french fries" are not French, "egg rolls" are not breakfast. A side dish or a drink does not make a
 * cuisine: a hot-dog cart with churros is not Mexican.
 */
export function categoriesOf(texts: readonly string[], food: FoodRules): string[] {
  const index = indexes.get(food) ?? indexOf(food);
  indexes.set(food, index);
  const found = new Set(texts.flatMap(dishesOf).flatMap((words) => slugsOf(words, index)));
  return food.categories.map(({ slug }) => slug).filter((slug) => found.has(slug));
}

/** The words of each dish that a text names: "hot dogs with chips (vegan), and churros" names three. */
function dishesOf(text: string): string[][] {
  return text
    .split(/[()[\],;:/&+]|\band\b/i)
    .map(tokens)
    .filter((words) => words.length > 0);
}

function slugsOf(words: readonly string[], { slugs, cuisines, sides }: FoodIndex): string[] {
  const found: string[] = [];
  const side = sideDishAt(words, sides);
  for (let start = 0; start < words.length; ) {
    const phrase = longestPhrase(words.slice(start, start + MAX_PHRASE_LENGTH), slugs);
    const end = start + (phrase?.length ?? 1);
    // The table can still say that a whole phrase makes a cuisine: "asada fries".
    const makesCuisine = side < 0 || (start < side && end > side);
    found.push(...(phrase?.slugs ?? []).filter((slug) => makesCuisine || !cuisines.has(slug)));
    start = end;
  }
  return found;
}

/** The longest phrase of the index with which the words begin. */
function longestPhrase(
  words: readonly string[],
  slugs: PhraseIndex,
): { length: number; slugs: readonly string[] } | undefined {
  for (let length = words.length; length > 0; length--) {
    const own = keysOf(words.slice(0, length)).flatMap((key) => slugs.get(key) ?? []);
    if (own.length > 0) return { length, slugs: own };
  }
  return undefined;
}

/** The position of a side dish that is at the end of the words, or before "with"; -1: none. */
function sideDishAt(words: readonly string[], sides: ReadonlySet<string>): number {
  const addition = words.indexOf('with');
  const end = addition > 0 ? addition : words.length;
  for (let start = Math.max(0, end - MAX_PHRASE_LENGTH); start < end; start++) {
    if (keysOf(words.slice(start, end)).some((key) => sides.has(key))) return start;
  }
  return -1;
}

/** The keys of a phrase: its exact form, and its stems. */
function keysOf(words: readonly string[]): string[] {
  return [`=${words.join(' ')}`, words.map(stem).join(' ')];
}

function indexOf({ categories, sides }: FoodRules): FoodIndex {
  const slugs = new Map<string, string[]>();
  for (const { slug, words } of categories) {
    for (const word of words) slugs.set(keyOf(word), [...(slugs.get(keyOf(word)) ?? []), slug]);
  }
  return {
    slugs,
    cuisines: new Set(categories.filter(({ isCuisine }) => isCuisine).map(({ slug }) => slug)),
    sides: new Set(sides.map(keyOf)),
  };
}

/** The key of a word or phrase of a table. */
function keyOf(word: string): string {
  return word.startsWith('=') ? `=${tokens(word).join(' ')}` : tokens(word).map(stem).join(' ');
}
