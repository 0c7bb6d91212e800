import { stem } from '../../functions/model/text/stemming.ts';
import { fold, tokens } from '../../functions/model/text/tokenizer.ts';
import { en } from '../../functions/model/text/vocabulary/english.ts';
import { foodWordsOf } from '../../functions/model/text/vocabulary/vocabulary-lines.ts';
import type { City } from '../city.ts';

/** What the vocabulary knows about the words of a food text. It depends on the city alone, never on other texts of a file. */
export type FoodWords = {
  /** Whether the word or its stem is in the vocabulary, alone or in a phrase. */
  isKnown(word: string): boolean;
  /** Whether the words are a phrase of the vocabulary: "hot dogs". */
  isPhrase(words: readonly string[]): boolean;
  /** Whether it is the plural of a dish. In English it ends a dish: what follows is another one, because a modifier is singular. */
  isPluralDish(word: string): boolean;
  /** Whether it alone is the name of a dish, and not a modifier: "taco", "naan". */
  isDish(word: string): boolean;
  /** Whether dishes end with it: "sandwich", "rice". */
  endsDish(word: string): boolean;
};

/** Singular words that name a dish and modify no other one in a row of four. */
const DISHES = `taco burrito quesadilla quesedilla torta tamale tamal tostada sope gordita flauta enchilada chimichanga taquito pozole menudo
  carnitas alambre panucho panusho salbute pupusa empanada arepa ceviche chilaquiles burger hamburger cheeseburger slider hotdog corndog
  frankfurter bratwurst sandwich panini pizza calzone dumpling ramen sushi udon pho bao samosa pakora dosa naan biryani gyro falafel kebab
  kabob shawarma pierogi knish crepe waffle pancake donut doughnut churro cupcake cheesecake brownie lumpia sisig adobo beignet poutine`;

/** Last words of dishes that the category table lacks: how a dish is served. */
const SERVINGS = 'plate platter combo';

const known = new WeakMap<City['food'], FoodWords>();

/** The words of a city's vocabulary: its food tables, its synonyms, and the English words for food and its qualities. */
export function foodWordsFor({ food, facts }: Pick<City, 'food' | 'facts'>): FoodWords {
  const words = known.get(food) ?? makeFoodWords(food, facts.synonyms);
  known.set(food, words);
  return words;
}

function makeFoodWords({ categories, sides }: City['food'], synonyms: readonly (readonly string[])[]): FoodWords {
  const table = [...categories.flatMap(({ words }) => words), ...sides];
  const cuisines = new Set(categories.filter(({ isCuisine }) => isCuisine).map(({ slug }) => slug));
  const phrases = [...table, ...synonyms.flat()].map((entry) => tokens(entry));
  const all = [...phrases, ...[...foodWordsOf(en), en.fillers].map((entry) => tokens(entry))].flat();
  const forms = new Set(all.flatMap((word) => [word, stem(word)]));
  const joined = new Set(phrases.filter(({ length }) => length > 1).map(stemsOf));
  const lastWords = table.map((entry) => tokens(entry).at(-1) ?? '').filter((word) => !cuisines.has(word));
  const singulars = new Set(lastWords.filter((word) => !isPluralForm(word) || stem(word) === word));
  const ends = new Set([...lastWords, ...tokens(SERVINGS)].map(stem));
  const dishes = new Set(tokens(DISHES).map(stem));
  return {
    isKnown: (word) => forms.has(folded(word)) || forms.has(stem(folded(word))),
    isPhrase: (words) => joined.has(stemsOf(words.map(folded))),
    isPluralDish: (word) => {
      const form = folded(word);
      return isPluralForm(form) && !singulars.has(form) && ends.has(stem(form));
    },
    isDish: (word) => dishes.has(stem(folded(word))),
    endsDish: (word) => ends.has(stem(folded(word))) || dishes.has(stem(folded(word))),
  };
}

function isPluralForm(word: string): boolean {
  return /[^su]s$/.test(word);
}

function stemsOf(words: readonly string[]): string {
  return words.map(stem).join(' ');
}

/** A word in the form of {@link tokens}. */
function folded(word: string): string {
  return tokens(word)[0] ?? fold(word);
}
