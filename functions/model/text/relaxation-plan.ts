import type { SearchQuery } from '../query.ts';
import type { ParsedQuery } from './parsed-query.ts';
import { requirements } from './requirements.ts';
import { widerPlaces } from './wider-places.ts';

/** The number of vendors that a query finds. */
export type CountVendors = (query: SearchQuery) => Promise<number>;

/** The relaxations of one query that finds nothing. */
export type RelaxationPlan = {
  /** Every query that {@link RelaxationPlan.choose} may count. */
  readonly candidates: readonly SearchQuery[];
  /**
   * The first relaxation that finds something, in the order of {@link planRelaxation}; `null` if none does.
   * @param count is called at most {@link MOST_COUNTS} times
   */
  choose(count: CountVendors): Promise<SearchQuery | null>;
};

/**
 * Queries that {@link RelaxationPlan.choose} counts, at most: the loosest one of each of three situations (as asked, at any time, in the
 * widest place), three to find one of eight levels of words, one to decide about typos, and three to find one of eight places.
 */
export const MOST_COUNTS = 10;

/** A query that may lack some number of its clauses, without typos and with them; the same object if it has no words. */
type Level = { readonly exact: SearchQuery; readonly fuzzy: SearchQuery };

/** The maximum number of required clauses that a query may lack. */
export function mostLacking(query: ParsedQuery): number {
  const { some, least } = requirements(query, Number.POSITIVE_INFINITY);
  return some.length - least;
}

/**
 * Plans how a query is relaxed: typos are allowed; all required words but one must match, then all but two, and so on, each time also with
 * typos where that finds more; the time is dropped; the place is doubled. Each step starts with all words again, so that "fish tacos" at
 * night are fish tacos at noon, not any fish. Exclusions, diets and allergens are never given up.
 *
 * Each relaxation finds everything that a stricter one finds. So the loosest one of all tells whether any finds something, and the first
 * that does is found by halving.
 */
export function planRelaxation(asked: SearchQuery, parsed: ParsedQuery): RelaxationPlan {
  const timeless = asked.time ? { ...asked, time: null } : null;
  const levelsOf = (situation: SearchQuery) => levels(situation, parsed);
  const here = levelsOf(asked);
  const situations = [here, ...(timeless ? [levelsOf(timeless)] : [])];
  const places = [...widerPlaces(timeless ?? asked)].map(levelsOf);
  const known = here[0]?.exact;
  const all = [...situations, ...places].flat().flatMap(({ exact, fuzzy }) => [exact, fuzzy]);
  const candidates = [...new Set(all)].filter((query) => query !== known);
  return {
    candidates,
    choose: async (countVendors) => {
      const counts = new Map<SearchQuery, Promise<number>>();
      if (known) counts.set(known, Promise.resolve(0));
      const count: CountVendors = (query) => {
        const counted = counts.get(query) ?? countVendors(query);
        counts.set(query, counted);
        return counted;
      };
      const widest = places.at(-1);
      const loosest = (widest ?? situations.at(-1))?.at(-1)?.fuzzy;
      if (!loosest || (await count(loosest)) === 0) return null;
      for (const situation of situations) {
        const found = await chooseWords(situation, count);
        if (found) return situation[found.level]?.[found.words] ?? null;
      }
      // Relax the words once, in the widest place, then use the smallest place that finds something with them.
      const found = widest && (await chooseWords(widest, count));
      if (!found) return null;
      const inPlaces = places.map((place) => (place[found.level] as Level)[found.words]);
      return inPlaces[await firstWhere(inPlaces, async (query) => (await count(query)) > 0)] ?? null;
    },
  };
}

/** A situation from all words to the fewest. */
function levels(situation: SearchQuery, parsed: ParsedQuery): Level[] {
  if (parsed.required.length === 0) return [{ exact: situation, fuzzy: situation }];
  return Array.from({ length: mostLacking(parsed) + 1 }, (_, mayLack) => ({
    exact: { ...situation, mayLack },
    fuzzy: { ...situation, mayLack, typos: true },
  }));
}

/** The first level that finds something, and whether typos find more; `null` if no level does. */
async function chooseWords(
  situation: readonly Level[],
  count: CountVendors,
): Promise<{ level: number; words: keyof Level } | null> {
  const loosest = situation.at(-1);
  if (!loosest || (await count(loosest.fuzzy)) === 0) return null;
  const level = await firstWhere(situation, async ({ fuzzy }) => (await count(fuzzy)) > 0);
  const { exact, fuzzy } = situation[level] as Level;
  const vendors = await count(exact);
  const usesTypos = vendors === 0 || (level > 0 && (await count(fuzzy)) > vendors);
  return { level, words: usesTypos ? 'fuzzy' : 'exact' };
}

/** The index of the first item that passes. The last one is known to pass, and so does every item after the first that does. */
async function firstWhere<Item>(items: readonly Item[], passes: (item: Item) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (await passes(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
