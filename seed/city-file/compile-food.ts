import type { FoodCategory, FoodRules } from '../city.ts';
import { streetFoodSides } from '../food/side-dishes.ts';
import { streetFoodCategories } from '../food/vocabulary.ts';
import type { CityFile } from './city-schema.ts';
import { readPattern } from './pattern.ts';

/** "Cold truck: water, chips": what cities write before the goods of a vendor who cooks nothing. */
const COLD_TRUCK = '^\\s*cold[\\s-]*truck\\b\\s*[:;.,–-]*\\s*';

/** Parts of a text that say that nothing is known. */
const NOTHING_SAID = '^(?:n\\/?a|none|tb[ad]|unknown|see attached|same as above)$';

const ACRONYMS = ['BBQ', 'BLT'];

/** The rules for food texts, with the defaults of what a file leaves out. */
export function compileFood(food: CityFile['food'] = {}): FoodRules {
  const { vocabulary, categories = [], sides = [], remarks = [], remarkParts = [], acronyms = [], coldTruck } = food;
  const isOwn = vocabulary === 'none';
  return {
    coldTruck: readPattern(coldTruck?.prefix ?? COLD_TRUCK),
    coldTruckCategory: coldTruck?.category ?? 'cold_truck',
    remarks: remarks.map((pattern) => readPattern(pattern, 'g')),
    remarkParts: [NOTHING_SAID, ...remarkParts].map((pattern) => readPattern(pattern)),
    acronyms: [...ACRONYMS, ...acronyms],
    categories: withCategories(isOwn ? [] : streetFoodCategories, categories),
    sides: [...(isOwn ? [] : streetFoodSides), ...sides],
  };
}

type GivenCategory = {
  readonly slug: string;
  readonly isCuisine?: boolean | undefined;
  readonly words: readonly string[];
};

/** Further categories come last; those with a known name add their words to it. */
function withCategories(known: readonly FoodCategory[], given: readonly GivenCategory[]): readonly FoodCategory[] {
  if (given.length === 0) return known;
  const bySlug = new Map(known.map((category) => [category.slug, category]));
  for (const { slug, isCuisine, words } of given) {
    const before = bySlug.get(slug);
    bySlug.set(slug, {
      slug,
      isCuisine: isCuisine ?? before?.isCuisine ?? false,
      words: [...(before?.words ?? []), ...words],
    });
  }
  return [...bySlug.values()];
}
