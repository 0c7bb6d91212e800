import { byCodePoint } from './comparators.ts';
import { allowedEdits, editDistance } from './text/edit-distance.ts';
import { valueKey } from './text/tokenizer.ts';
import type { Vendor } from './vendor.ts';

/** The filters that select by a value of the data. */
export const VALUE_FILTERS = ['category', 'facility', 'area', 'status'] as const;
type ValueFilter = (typeof VALUE_FILTERS)[number];

/** The values that a release has, by filter; each once, by code point. */
export type FilterValues = Readonly<Record<ValueFilter, readonly string[]>>;

export function filterValuesOf(vendors: readonly Vendor[]): FilterValues {
  const branches = vendors.flatMap((vendor) => vendor.branches);
  return {
    category: sorted(vendors.flatMap(({ categories }) => categories)),
    facility: sorted(branches.map(({ facility }) => facility)),
    area: sorted(branches.flatMap(({ area }) => area ?? [])),
    status: sorted(branches.map(({ status }) => status)),
  };
}

/** The values without repetitions, by code point. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort(byCodePoint);
}

/**
 * The known value that was probably meant: one that begins with the value or has it as a word, or one with typos in it (as many as the
 * search allows). `undefined` if there is none.
 */
export function nearestValue(value: string, known: readonly string[]): string | undefined {
  const key = valueKey(value);
  if (key === '') return undefined;
  const edits = (one: string) => editDistance(key, valueKey(one), allowedEdits(key)) ?? Number.POSITIVE_INFINITY;
  const contains = known.find((one) => valueKey(one).startsWith(key) || ` ${valueKey(one)} `.includes(` ${key} `));
  if (contains !== undefined) return contains;
  const [nearest] = known.toSorted((a, b) => edits(a) - edits(b));
  return nearest !== undefined && Number.isFinite(edits(nearest)) ? nearest : undefined;
}
