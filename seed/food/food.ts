import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { City } from '../city.ts';
import { repairDishCase } from '../record/letter-case.ts';
import { categoriesOf } from './categories.ts';
import { splitRun } from './dish-runs.ts';
import { separateNumbered, splitDishes, splitSentences } from './dish-splitter.ts';
import { splitExclusions } from './exclusions.ts';
import { foodWordsFor } from './food-words.ts';
import { segmentWords } from './word-segmentation.ts';

/** The content of a food text. Every word except a joining "and" and the numbers of a list is in one of the fields. */
export type Food = {
  /** Dishes and drinks as shown, without repetition. */
  readonly items: readonly string[];
  /** Searched, not shown: words that the city ran together, and the parts of compounds. */
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

/** Reads one food text. The result depends on that text and the city's vocabulary, not on the other texts of a file. */
export function readFood(text: string, city: Pick<City, 'food' | 'facts'>): Food {
  const { food } = city;
  const words = foodWordsFor(city);
  const notes: string[] = [];
  const excluded: string[] = [];
  let rest = separateNumbered(text);
  for (const remark of food.remarks) {
    rest = rest.replace(remark, (found) => {
      notes.push(found.trim());
      return '; ';
    });
  }
  const prefix = food.coldTruck.exec(rest)?.[0] ?? '';
  rest = rest.slice(prefix.length);

  const segment = segmentWords(rest, words);
  const items = new Map<string, string>();
  const searchText = new Set<string>();
  const segmentDish = (dish: string) => {
    const segmented = segment(dish);
    for (const searched of segmented.searchText) searchText.add(searched);
    return segmented.dishes.flatMap((one) => splitRun(one, words));
  };
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
      for (const dish of splitDishes(part).flatMap(segmentDish)) {
        const shown = repairDishCase(dish, food.acronyms);
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
  const unsold = excluded.map(stemsOf);
  const categories = all.filter((slug) => !unsold.some((stems) => stems.includes(stemsOf(slug.replaceAll('_', ' ')))));
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

/** The stems of a text between blanks: "No Mexican food allowed" has the name of a category although there are tacos. */
function stemsOf(text: string): string {
  return ` ${tokens(text).map(stem).join(' ')} `;
}
