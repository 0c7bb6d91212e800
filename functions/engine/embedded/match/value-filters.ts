import type { SearchQuery } from '../../../model/query.ts';
import { valueKey } from '../../../model/text/tokenizer.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';

/** The values that a query selects: 1 for each, by its number in the index; `null` without a filter. */
export type ValueFilters = {
  readonly statuses: Uint8Array | null;
  readonly categories: Uint8Array | null;
  readonly facilities: Uint8Array | null;
  readonly areas: Uint8Array | null;
};

export function valueFiltersOf(query: SearchQuery, metadata: IndexMetadata): ValueFilters {
  const { status, category, facility, area } = query;
  return {
    statuses: status === null ? null : Uint8Array.from(metadata.statuses, (one) => (one === status ? 1 : 0)),
    categories: maskOf(metadata.categories, category),
    facilities: maskOf(metadata.facilities, facility),
    areas: maskOf(metadata.areas, area),
  };
}

function maskOf(values: readonly (string | null)[], wanted: readonly string[]): Uint8Array | null {
  if (wanted.length === 0) return null;
  return Uint8Array.from(values, (value) => (wanted.includes(valueKey(value ?? '')) ? 1 : 0));
}
