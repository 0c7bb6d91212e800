import { OPEN_STATES } from '../../model/hours/open-state.ts';
import type { FacetName, SearchQuery } from '../../model/query.ts';
import { GEO_FLOOR, OFFSET_METRES, OPEN_FACTOR } from '../../model/ranking.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import { clauseFilters, exclusionFilters, scoredClauses } from './clause-queries.ts';
import { baseFilters, facetFilters, stateFilters } from './filter-queries.ts';
import type { Json } from './mapping.ts';

/** Most values of a facet: a city has a few dozen, and the cluster's own limit is 65,535. */
const MAX_FACET_VALUES = 10_000;

/** The bodies of a search; all are sent in one request. */
export type SearchBodies = {
  /** Finds the hits of a page. */
  readonly hits: Json;
  /**
   * Counts the totals, and the facets whose own filter is not set. It is the same for all pages and sort orders of a search and has no
   * hits, so that the cluster counts in parallel and caches the result.
   */
  readonly counts: Json;
  /** Count the facets whose own filter is set, each without that filter. */
  readonly others: readonly { readonly facet: FacetName; readonly body: Json }[];
};

/** `after`: the sort values of the last hit of the previous page. */
export type Page = { readonly size: number; readonly after: readonly unknown[] | null };

/** The filters of a query. */
type Filters = {
  readonly clauses: readonly Json[];
  readonly base: readonly Json[];
  readonly facets: ReadonlyMap<FacetName, Json>;
};

/**
 * The bodies of a search; `null` when nothing can match.
 * @param largest number of branches of the largest vendor
 */
export function searchBodies(
  query: SearchQuery,
  parsed: ParsedQuery,
  page: Page,
  largest: number,
): SearchBodies | null {
  const base = baseFilters(query);
  if (base === null || parsed.isUnsearchable) return null;
  const filters = { clauses: clauseFilters(parsed, query), base, facets: facetFilters(query) };
  const all = allFilters(filters);
  const filtered = query.facets.filter((name) => filters.facets.has(name));
  const unfiltered = query.facets.filter((name) => !filters.facets.has(name));
  return {
    hits: {
      size: page.size,
      track_total_hits: false,
      track_scores: true,
      query: {
        nested: {
          path: 'branches',
          score_mode: 'max',
          query: scoredQuery(query, parsed, filters),
          // In index order, which is free: all branches are fetched, and exact distances are computed here.
          inner_hits: { size: Math.max(1, largest), _source: false, sort: ['_doc'] },
        },
      },
      sort: sortOf(query, all),
      ...(page.after ? { search_after: page.after } : {}),
    },
    counts: countBody(all, unfiltered, query),
    others: filtered.map((name) => ({ facet: name, body: countBody(allFilters(filters, name), [name], query) })),
  };
}

/** Counts the vendors with a branch that passes, these branches, and the vendors by facet value. */
function countBody(filters: readonly Json[], facets: readonly FacetName[], query: SearchQuery): Json {
  const aggs = Object.fromEntries(facets.map((name) => [name, facetAggregation(name, query)]));
  return {
    size: 0,
    track_total_hits: true,
    query: { nested: { path: 'branches', score_mode: 'none', query: allOf(filters) } },
    aggs: { branches: { nested: { path: 'branches' }, aggs: { passed: { filter: allOf(filters), aggs } } } },
  };
}

/** All filters, without that of one facet. */
function allFilters({ clauses, base, facets }: Filters, without?: FacetName): Json[] {
  return [...clauses, ...base, ...[...facets].flatMap(([name, filter]) => (name === without ? [] : [filter]))];
}

/** Matches all of the filters; everything without one. */
export function allOf(filters: readonly Json[]): Json {
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
}

function scoredQuery(query: SearchQuery, parsed: ParsedQuery, { base, facets }: Filters): Json {
  const filter = [...exclusionFilters(parsed), ...base, ...facets.values()];
  let body: Json = { bool: { ...scoredClauses(parsed, query), filter } };
  if (query.origin) {
    const [offset, scale] = [`${OFFSET_METRES}m`, `${query.scaleMetres}m`];
    const near = { exp: { 'branches.place': { origin: query.origin, offset, scale, decay: 0.5 } } };
    body = multiplyScore(body, [near, { weight: GEO_FLOOR }], 'max');
  }
  if (query.timeAsked) {
    const filters = stateFilters(query);
    body = multiplyScore(
      body,
      OPEN_STATES.map((state) => ({ filter: filters[state], weight: OPEN_FACTOR[state] })),
      'first',
    );
  }
  return body;
}

function multiplyScore(query: Json, functions: readonly Json[], score_mode: 'max' | 'first'): Json {
  return { function_score: { query, functions, score_mode, boost_mode: 'multiply' } };
}

/** The order of `model/comparators.ts`: keywords sort by their UTF-8 bytes, which is the order of code points. */
function sortOf({ sort, origin }: SearchQuery, filters: readonly Json[]): Json[] {
  const nested = filters.length === 0 ? { path: 'branches' } : { path: 'branches', filter: allOf(filters) };
  const distance: Json[] = origin
    ? [
        {
          _geo_distance: {
            'branches.place': origin,
            order: 'asc',
            unit: 'm',
            distance_type: 'arc',
            mode: 'min',
            nested,
          },
        },
      ]
    : [];
  const name: Json[] = [{ name: 'asc' }, { id: 'asc' }];
  switch (sort) {
    case 'best':
      return [{ _score: 'desc' }, ...distance, ...name];
    case 'distance':
      return [...distance, ...name];
    case 'name':
      // After the id, the distance decides nothing; it is returned with the hit.
      return [...name, ...distance];
  }
}

/** Counts vendors by facet value. */
function facetAggregation(name: FacetName, query: SearchQuery): Json {
  const aggs = { vendors: { reverse_nested: {} } };
  if (name === 'open') return { filters: { filters: stateFilters(query) }, aggs };
  return { terms: { field: `branches.${name}`, size: MAX_FACET_VALUES }, aggs };
}
