import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { FoodRules } from '../city.ts';

/** Category slugs by word or phrase. */
type PhraseIndex = ReadonlyMap<string, readonly string[]>;

const indexes = new WeakMap<FoodRules, PhraseIndex>();

/** In words. */
const MAX_PHRASE_LENGTH = 4;

/**
 * The categories of the words in the texts, in the order of the city's table. A phrase must be in one text, and its words
 * count only as the phrase: "french fries" are not French, "egg rolls" are not breakfast.
 */
export function categoriesOf(texts: readonly string[], food: FoodRules): string[] {
  const index = indexes.get(food) ?? indexOf(food);
  indexes.set(food, index);
  const found = new Set(texts.flatMap((text) => slugsOf(tokens(text), index)));
  return food.categories.map(({ slug }) => slug).filter((slug) => found.has(slug));
}

function slugsOf(words: readonly string[], index: PhraseIndex): string[] {
  const found: string[] = [];
  for (let start = 0; start < words.length; ) {
    let length = Math.min(MAX_PHRASE_LENGTH, words.length - start);
    let slugs: readonly string[] | undefined;
    for (; length > 0 && !slugs; length--) {
      const phrase = words.slice(start, start + length);
      slugs = index.get(`=${phrase.join(' ')}`) ?? index.get(phrase.map(stem).join(' '));
    }
    found.push(...(slugs ?? []));
    start += slugs ? length + 1 : 1;
  }
  return found;
}

function indexOf({ categories }: FoodRules): PhraseIndex {
  const index = new Map<string, string[]>();
  for (const { slug, words } of categories) {
    for (const word of words) {
      const key = word.startsWith('=') ? `=${tokens(word).join(' ')}` : tokens(word).map(stem).join(' ');
      index.set(key, [...(index.get(key) ?? []), slug]);
    }
  }
  return index;
}
