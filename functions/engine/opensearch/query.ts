import { OPEN_STATES } from '../../model/hours/open-state.ts';
import type { FacetName, SearchQuery } from '../../model/query.ts';
import { GEO_FLOOR, OFFSET_METRES, OPEN_FACTOR } from '../../model/ranking.ts';
import type { ParsedQuery } from '../../model/text/query-parser.ts';
import { clauseFilters, scoredClauses } from './clause-queries.ts';
import { groupFilters, placeFilters, stateFilters } from './filter-queries.ts';
import type { Json } from './mapping.ts';

/** Values of one facet that are counted exactly; a city has a few dozen, and the cluster's own limit is 65,535. */
const MOST_VALUES = 10_000;

/** What a search asks the cluster for; all of it in one request. */
export type SearchBodies = {
  /** The hits of a page. */
  readonly hits: Json;
  /**
   * Totals, and the facets whose own filter is not set. It is the same for all pages and orders of a search, without
   * hits, so that the cluster counts beside the search, and remembers the answer as long as the index lives.
   */
  readonly counts: Json;
  /** Facets that leave out their own filter, which the hits need. */
  readonly others: readonly { readonly facet: FacetName; readonly body: Json }[];
};

/** How many hits to get, and the sort values behind which they begin. */
export type Page = { readonly size: number; readonly after: readonly unknown[] | null };

/** The parts of a query that bodies are made of. */
type Conditions = {
  readonly units: readonly Json[];
  readonly place: readonly Json[];
  readonly groups: ReadonlyMap<FacetName, Json>;
};

/**
 * Translates a search. `largest` is the number of branches of the biggest vendor. `null` when nothing can be found.
 * Pure: the same query gives the same bodies.
 */
export function searchBodies(query: SearchQuery, plan: ParsedQuery, page: Page, largest: number): SearchBodies | null {
  const place = placeFilters(query);
  // A query of punctuation alone asks for something that no text has.
  if (place === null || (plan.length === 0 && query.text !== '')) return null;
  const conditions = { units: clauseFilters(plan, query.typos), place, groups: groupFilters(query) };
  const all = filtersOf(conditions);
  const own = query.facets.filter((name) => conditions.groups.has(name));
  const free = query.facets.filter((name) => !conditions.groups.has(name));
  return {
    hits: {
      size: page.size,
      track_total_hits: false,
      track_scores: true,
      query: {
        nested: {
          path: 'branches',
          score_mode: 'max',
          query: scored(query, plan, conditions),
          // In the order of the index, which costs nothing: all of them come, and their distances are computed exactly.
          inner_hits: { size: Math.max(1, largest), _source: false, sort: ['_doc'] },
        },
      },
      sort: sortOf(query, all),
      ...(page.after ? { search_after: page.after } : {}),
    },
    counts: counting(all, free, query),
    others: own.map((name) => ({ facet: name, body: counting(filtersOf(conditions, name), [name], query) })),
  };
}

/** Counts the vendors with a branch that passes, these branches, and the vendors by value. */
function counting(filters: readonly Json[], facets: readonly FacetName[], query: SearchQuery): Json {
  const aggs = Object.fromEntries(facets.map((name) => [name, facet(name, query)]));
  return {
    size: 0,
    track_total_hits: true,
    query: { nested: { path: 'branches', score_mode: 'none', query: every(filters) } },
    aggs: { branches: { nested: { path: 'branches' }, aggs: { passed: { filter: every(filters), aggs } } } },
  };
}

/** All conditions on a branch, without those of one group. */
function filtersOf({ units, place, groups }: Conditions, without?: FacetName): Json[] {
  return [...units, ...place, ...[...groups].flatMap(([name, filter]) => (name === without ? [] : [filter]))];
}

function every(filters: readonly Json[]): Json {
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
}

function scored(query: SearchQuery, plan: ParsedQuery, { place, groups }: Conditions): Json {
  const filter = [...place, ...groups.values()];
  let body: Json =
    plan.length === 0
      ? { constant_score: { filter: every(filter), boost: 1 } }
      : { bool: { must: scoredClauses(plan, query.typos), filter } };
  if (query.origin) {
    const [offset, scale] = [`${OFFSET_METRES}m`, `${query.scaleMetres}m`];
    const near = { exp: { 'branches.place': { origin: query.origin, offset, scale, decay: 0.5 } } };
    body = multiplied(body, [near, { weight: GEO_FLOOR }], 'max');
  }
  if (query.timeAsked) {
    const filters = stateFilters(query);
    body = multiplied(
      body,
      OPEN_STATES.map((state) => ({ filter: filters[state], weight: OPEN_FACTOR[state] })),
      'first',
    );
  }
  return body;
}

function multiplied(query: Json, functions: readonly Json[], score_mode: 'max' | 'first'): Json {
  return { function_score: { query, functions, score_mode, boost_mode: 'multiply' } };
}

/** The same order as `model/order.ts`: keywords sort by their UTF-8 bytes, which is by code point. */
function sortOf({ sort, origin }: SearchQuery, filters: readonly Json[]): Json[] {
  const nested = filters.length === 0 ? { path: 'branches' } : { path: 'branches', filter: every(filters) };
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
      // The distance decides nothing behind the id, but it comes back with the hit.
      return [...name, ...distance];
  }
}

/** Vendors by value. */
function facet(name: FacetName, query: SearchQuery): Json {
  const aggs = { vendors: { reverse_nested: {} } };
  if (name === 'open') return { filters: { filters: stateFilters(query) }, aggs };
  return { terms: { field: `branches.${name}`, size: MOST_VALUES }, aggs };
}
