import type { SearchQuery } from '../../model/query.ts';
import type { QueryParser } from '../../model/text/parser-of-release.ts';
import { anyOf, clauseFilters } from './clause-queries.ts';
import { baseFilters, facetFilters } from './filter-queries.ts';
import type { Json } from './mapping.ts';
import { allOf } from './query.ts';
import type { RawResult } from './search-requests.ts';

/** Queries that match the same words, each with its own filters. */
type CountGroup = {
  readonly words: Json;
  readonly queries: SearchQuery[];
  readonly filters: Json[];
};

/** The bodies that count the vendors of many queries; all are sent in one request. */
export type VendorCounts = {
  readonly bodies: readonly Json[];
  /** The numbers of vendors, from the results of all bodies. */
  read(results: readonly RawResult[]): ReadonlyMap<SearchQuery, number>;
};

/**
 * Counts the vendors of many queries. The words of a query cost the cluster most, above all with typos, so that queries which differ only in
 * their filters, such as the time and the place, share a body: the cluster matches the words once.
 */
export function vendorCounts(queries: readonly SearchQuery[], parse: QueryParser): VendorCounts {
  const groups = new Map<string, CountGroup>();
  const impossible: SearchQuery[] = [];
  for (const query of queries) {
    const parsed = parse(query);
    const base = baseFilters(query);
    if (base === null || parsed.isUnsearchable) {
      impossible.push(query);
      continue;
    }
    const words = allOf(clauseFilters(parsed, query));
    const key = JSON.stringify(words);
    const group = groups.get(key) ?? { words, queries: [], filters: [] };
    groups.set(key, group);
    group.queries.push(query);
    group.filters.push(allOf([...base, ...facetFilters(query).values()]));
  }
  const all = [...groups.values()];
  return {
    bodies: all.map(({ words, filters }) =>
      filters.length === 1 ? totalBody(words, filters) : groupBody(words, filters),
    ),
    read: (results) =>
      new Map([
        ...impossible.map((query) => [query, 0] as const),
        ...all.flatMap(({ queries: grouped }, at) =>
          grouped.map((query, number) => [query, countIn(results[at], grouped.length, number)] as const),
        ),
      ]),
  };
}

const nested = (query: Json): Json => ({ nested: { path: 'branches', score_mode: 'none', query } });

function totalBody(words: Json, filters: readonly Json[]): Json {
  return { size: 0, track_total_hits: true, query: nested(allOf([words, ...filters])) };
}

function groupBody(words: Json, filters: readonly Json[]): Json {
  const named = Object.fromEntries(filters.map((filter, number) => [`${number}`, filter]));
  const aggs = { queries: { filters: { filters: named }, aggs: { vendors: { reverse_nested: {} } } } };
  return {
    size: 0,
    track_total_hits: false,
    query: nested(allOf([words, anyOf(filters)])),
    aggs: { branches: { nested: { path: 'branches' }, aggs: { passed: { filter: words, aggs } } } },
  };
}

type Buckets = Readonly<Record<string, { readonly vendors?: { readonly doc_count?: number } }>>;

function countIn(result: RawResult | undefined, size: number, number: number): number {
  if (size === 1) return result?.hits?.total?.value ?? 0;
  const { branches } = (result?.aggregations ?? {}) as { branches?: { passed?: { queries?: { buckets?: Buckets } } } };
  return branches?.passed?.queries?.buckets?.[`${number}`]?.vendors?.doc_count ?? 0;
}
