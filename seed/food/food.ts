import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { City } from '../city.ts';
import { categoriesOf } from './categories.ts';
import { splitDishes, splitSentences } from './dish-splitter.ts';
import { splitExclusions } from './exclusions.ts';
import { type KnownWords, type Segmentation, segmentWords, splitCamelCase } from './word-segmentation.ts';

/** The content of a food text. Every word except a joining "and" is in one of the fields. */
export type Food = {
  /** Dishes and drinks as shown, without repetition. */
  readonly items: readonly string[];
  /** Searched, not shown: words that the city ran together, or split compounds. */
  readonly searchText: readonly string[];
  /** Whether the text calls it a "Cold Truck". */
  readonly drinks: boolean;
  readonly categories: readonly string[];
  /** Food that is not sold, with the words that say so. Neither shown as food nor searched. */
  readonly excluded: readonly string[];
  /** Remarks of the administration, as written. Neither shown as food nor searched. */
  readonly note: string | null;
  /** The prefix of a "Cold Truck" text. */
  readonly prefix: string;
};

const NO_WORDS: KnownWords = new Set();

/**
 * Reads one food text.
 * @param knownWords the words of the whole file, for {@link segmentWords}
 */
export function readFood(text: string, { food }: Pick<City, 'food'>, knownWords: KnownWords = NO_WORDS): Food {
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

  const segmentation = segmentWords(rest, knownWords);
  const items = new Map<string, string>();
  const searchText = new Set<string>();
  let lastKey: string | undefined;
  for (const sentence of splitSentences(rest)) {
    const split = splitExclusions(sentence);
    excluded.push(...split.excluded);
    for (const part of split.kept) {
      if (food.remarkParts.some((remark) => remark.test(part))) {
        notes.push(part);
        continue;
      }
      if (/^etc\.?$/i.test(part)) {
        searchText.add(part);
        continue;
      }
      for (const dish of splitDishes(part).flatMap((dish) => segmentDish(dish, segmentation, searchText))) {
        const shown = displayCase(dish, food.acronyms);
        const key = tokens(shown).join(' ');
        if (key === '') continue;
        if (shown.startsWith('(') && lastKey !== undefined) {
          items.set(lastKey, `${items.get(lastKey)} ${shown}`);
          continue;
        }
        if (/^or /i.test(shown) && lastKey !== undefined) {
          items.set(lastKey, `${items.get(lastKey)} o${shown.slice(1)}`);
          continue;
        }
        if (!items.has(key)) items.set(key, shown);
        lastKey = key;
      }
    }
  }
  const drinks = prefix !== '';
  const all = categoriesOf([...items.values(), ...searchText], food);
  const categories = all.filter((slug) => !excluded.some((text) => names(text, slug)));
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

/** Whether a text has the name of a category: "No Mexican food allowed" although there are tacos. */
function names(text: string, slug: string): boolean {
  const stems = (one: string) => ` ${tokens(one).map(stem).join(' ')} `;
  return stems(text).includes(stems(slug.replaceAll('_', ' ')));
}

/**
 * Splits a dish where newlines were lost, and adds the unsplit words to the searched text, so that both forms are found.
 * In a text with its newlines, a compound (`cheesecakes`) stays one dish, and its halves are added.
 */
function segmentDish(dish: string, { halves, lostNewlines }: Segmentation, searchText: Set<string>): string[] {
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

/** Sentence case for text in capitals; other text only gets a capital first letter. */
function displayCase(dish: string, acronyms: readonly string[]): string {
  const isAllCapitals = /\p{Lu}{4}|\p{Lu}.*\s.*\p{Lu}/u.test(dish) && !/\p{Ll}/u.test(dish);
  const words = dish.replace(/[\p{L}'’]+/gu, (word) => {
    if (acronyms.includes(word.toUpperCase()) && !/^\p{Lu}\p{Ll}/u.test(word)) return word.toUpperCase();
    return isAllCapitals ? word.toLowerCase() : word;
  });
  return words.replace(/^(\(?)(\p{Ll})(?!\p{Lu})/u, (_, open: string, letter: string) => open + letter.toUpperCase());
}
