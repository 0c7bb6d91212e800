import type { SearchParams } from './types.ts';

/** The API's parameters that a link to the page may carry, in the order in which URLs list them. */
export const SEARCH_FIELDS = [
  'q',
  'strict',
  'lat',
  'lon',
  'radius',
  'bbox',
  'area',
  'category',
  'facility',
  'status',
  'open_now',
  'open_at',
  'open_for',
  'open_within',
  'hours',
  'sort',
  'limit',
] as const satisfies readonly (keyof SearchParams)[];
export type SearchField = (typeof SEARCH_FIELDS)[number];
export type SearchFields = { readonly [Name in SearchField]?: string };

/** The query string of a request to the API, without a question mark; equal searches have equal strings. */
export function formatSearch(params: Readonly<SearchParams>): string {
  return new URLSearchParams(orderedParams(params)).toString();
}

/** The parameters that have a value, as name and value, in the order of {@link SEARCH_FIELDS}; any others follow. */
export function orderedParams(params: Readonly<SearchParams>): [string, string][] {
  const others = Object.keys(params).filter((name) => !SEARCH_FIELDS.some((one) => one === name)) as SearchField[];
  return [...SEARCH_FIELDS, ...others].flatMap((name): [string, string][] =>
    params[name] ? [[name, params[name]]] : [],
  );
}
