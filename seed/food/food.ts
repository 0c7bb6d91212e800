import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { City } from '../city.ts';
import { categoriesOf } from './categories.ts';
import { splitDishes, splitSentences } from './dish-splitter.ts';
import { type Exclusion, splitExclusions } from './exclusions.ts';
import { type KnownWords, segmentWords, splitCamelCase } from './word-segmentation.ts';

/** What a food text says. Every word of the text stands in one of these, the joining "and" aside. */
export type Food = {
  /** Dishes and drinks as shown, one an entry, without repetition. */
  readonly items: readonly string[];
  /** Searched, not shown: words as the city glued them, or compounds taken apart. */
  readonly searchText: readonly string[];
  /** Whether the text calls it a "Cold Truck". */
  readonly drinks: boolean;
  readonly categories: readonly string[];
  /** What it says is not sold, with the words that say so. Neither shown as food nor searched. */
  readonly excluded: readonly string[];
  /** Remarks of the administration, as written. Neither shown as food nor searched. */
  readonly note: string | null;
  /** The words that open a "Cold Truck" text. */
  readonly prefix: string;
};

const NO_WORDS: KnownWords = new Set();

/**
 * Reads one food text.
 * @param vocabulary the words of the whole file: they tell glued words that differ in nothing else ({@link segmentWords})
 */
export function readFood(text: string, { food }: Pick<City, 'food'>, vocabulary: KnownWords = NO_WORDS): Food {
  const notes: string[] = [];
  const excluded: string[] = [];
  let rest = text;
  for (const remark of food.remarks) {
    rest = rest.replace(remark, (found) => {
      notes.push(found.trim());
      return '; ';
    });
  }
  const prefix = food.coldTruck.exec(rest)?.[0] ?? '';
  rest = rest.slice(prefix.length);

  const glue = segmentWords(rest, vocabulary);
  const items = new Map<string, string>();
  const searchText = new Set<string>();
  let last: string | undefined;
  for (const sentence of splitSentences(rest)) {
    const taken: Exclusion = splitExclusions(sentence);
    excluded.push(...taken.excluded);
    for (const part of taken.kept) {
      if (food.remarkParts.some((remark) => remark.test(part))) {
        notes.push(part);
        continue;
      }
      if (/^etc\.?$/i.test(part)) {
        searchText.add(part);
        continue;
      }
      for (const dish of splitDishes(part).flatMap((dish) => segmentDish(dish, glue, searchText))) {
        const shown = displayCase(dish, food.acronyms);
        const key = tokens(shown).join(' ');
        if (key === '') continue;
        if (shown.startsWith('(') && last !== undefined) {
          items.set(last, `${items.get(last)} ${shown}`);
          continue;
        }
        if (/^or /i.test(shown) && last !== undefined) {
          items.set(last, `${items.get(last)} o${shown.slice(1)}`);
          continue;
        }
        if (!items.has(key)) items.set(key, shown);
        last = key;
      }
    }
  }
  const drinks = prefix !== '';
  const categories = categoriesOf([...items.values(), ...searchText], food);
  return {
    items: [...items.values()],
    searchText: [...searchText],
    drinks,
    categories: drinks ? [...new Set([food.coldTruckCategory, ...categories])] : categories,
    excluded,
    note: notes.join('; ') || null,
    prefix: prefix.trim(),
  };
}

/**
 * Parts a dish where newlines were lost and adds the glued words to the searched text, so that they are found either way;
 * a compound in a sound text (`cheesecakes`) stays one and its halves are added.
 */
function segmentDish(
  dish: string,
  { halves, lostNewlines }: ReturnType<typeof segmentWords>,
  searchText: Set<string>,
): string[] {
  const pieces = splitCamelCase(dish);
  if (pieces.length > 1)
    for (const word of dish.split(/\s+/)) if (splitCamelCase(word).length > 1) searchText.add(word);
  return pieces.flatMap((piece) => {
    const marked = piece.replace(/\p{L}+/gu, (word) => {
      const pair = halves.get(word);
      if (!pair) return word;
      searchText.add(lostNewlines ? word : pair.join(' '));
      return lostNewlines ? pair.join('\n') : word;
    });
    return marked.split('\n').map((part) => part.trim());
  });
}

/** All capitals become a sentence, all else keeps its case; a small first letter becomes a capital. */
function displayCase(dish: string, acronyms: readonly string[]): string {
  const shouting = /\p{Lu}{4}|\p{Lu}.*\s.*\p{Lu}/u.test(dish) && !/\p{Ll}/u.test(dish);
  const words = dish.replace(/[\p{L}'’]+/gu, (word) => {
    if (acronyms.includes(word.toUpperCase()) && !/^\p{Lu}\p{Ll}/u.test(word)) return word.toUpperCase();
    return shouting ? word.toLowerCase() : word;
  });
  return words.replace(/^(\(?)(\p{Ll})(?!\p{Lu})/u, (_, open: string, letter: string) => open + letter.toUpperCase());
}
