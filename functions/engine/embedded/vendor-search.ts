import type { SearchQuery, Sort } from '../../model/query.ts';
import { OPEN_FACTOR } from '../../model/ranking.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { lowerBound } from './geo/cell-ranges.ts';
import { growingRadii, isNearestOnly } from './geo/nearest-neighbours.ts';
import { queryCellRanges } from './geo/query-ranges.ts';
import { BranchFilters } from './match/branch-filters.ts';
import type { OpenStates } from './match/open-states.ts';
import type { TextMatcher } from './match/text-matcher.ts';
import { type ValueFilters, valueFiltersOf } from './match/value-filters.ts';
import { VendorFacets } from './match/vendor-facets.ts';
import { VendorFilter } from './match/vendor-filter.ts';
import type { CircleSearch } from './rank/circle-search.ts';
import type { PageStart, Ranker } from './rank/ranker.ts';
import type { MatchedBranches } from './rank/vendor-scores.ts';
import type { SearcherResult } from './searcher-result.ts';

/** What a search shares with the others of a {@link Searcher}. */
type Shared = {
  readonly sections: Sections;
  readonly metadata: IndexMetadata;
  readonly matcher: TextMatcher;
  readonly ranker: Ranker;
  readonly circles: CircleSearch;
  readonly states: OpenStates;
};

/** Whether a query depends on neither words nor a place. */
export function isVendorQuery({ radiusMetres, box }: SearchQuery, parsed: ParsedQuery): boolean {
  const { required, optional, excluded, isUnsearchable } = parsed;
  const hasWords = required.length + optional.length + excluded.length > 0;
  return radiusMetres === null && box === null && !hasWords && !isUnsearchable;
}

/**
 * Searches without words and a place. Totals and facets come from the columns in the order of vendors; only the branches around an origin are
 * read in the order of the curve.
 */
export class VendorSearch {
  readonly #shared: Shared;
  readonly #filter: VendorFilter;
  readonly #facets: VendorFacets;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#filter = new VendorFilter(shared.sections);
    this.#facets = new VendorFacets(shared.sections, shared.metadata, this.#filter);
  }

  /**
   * The result of a query for which {@link isVendorQuery} is true; `null` if all matches must be ranked.
   * @param sort the simplest one that orders the query in the same way
   */
  search(query: SearchQuery, sort: Sort, after: PageStart | null): SearcherResult | null {
    if (isNearestOnly(query)) return this.#nearest(query);
    const isAround = sort !== 'name' && query.origin !== null;
    // A cursor's position by score or distance can only be found among the values of all vendors.
    if (sort !== 'name' && after !== null) return null;
    const values = valueFiltersOf(query, this.#shared.metadata);
    const totals = this.#filter.filter(query, values, this.#shared.states.at(query));
    const page = isAround
      ? this.#pageAround({ ...query, sort }, values, totals)
      : sort === 'name'
        ? this.#pageByName(query, after, totals)
        : this.#pageByState(query, totals);
    if (page === null) return null;
    const facets = this.#facets.count(query.facets, this.#shared.states);
    const filters = this.#filters(query, values);
    const textScore = (branch: number) => (filters.passesAll(branch) ? 1 : -1);
    return { ...totals, ...page, facets, textScore, filters };
  }

  #filters(query: SearchQuery, values: ValueFilters): BranchFilters {
    return new BranchFilters(this.#shared.sections, query, values, this.#shared.states.at(query));
  }

  /** Vendors are numbered by name. */
  #pageByName({ limit }: SearchQuery, after: PageStart | null, totals: { readonly vendors: number }) {
    const { vendors } = this.#filter;
    const from = after === null ? 0 : lowerBound(vendors, after.vendor, 0, totals.vendors);
    return {
      page: vendors.slice(from, Math.min(from + limit, totals.vendors)),
      more: totals.vendors - from > limit,
    };
  }

  /** Without words and an origin, the score of a vendor is the factor of its best open state; equal ones are by name. */
  #pageByState({ limit }: SearchQuery, totals: { readonly vendors: number }) {
    const { vendors, failed } = this.#filter;
    const { states, sections } = this.#shared;
    const { vendorStarts, hoursByVendor } = sections;
    const byFactor = new Map(Object.values(OPEN_FACTOR).map((factor): [number, number[]] => [factor, []]));
    const first = byFactor.get(OPEN_FACTOR.open) as number[];
    for (let found = 0; found < totals.vendors && first.length < limit; found++) {
      const vendor = vendors[found] as number;
      const end = vendorStarts[vendor + 1] as number;
      let best = 0;
      for (let at = vendorStarts[vendor] as number; at < end; at++) {
        if (failed[at] === 0) best = Math.max(best, states.factor(hoursByVendor[at] as number));
      }
      byFactor.get(best)?.push(vendor);
    }
    const ordered = [...byFactor].sort(([a], [b]) => b - a).flatMap(([, some]) => some);
    return { page: Uint32Array.from(ordered.slice(0, limit)), more: totals.vendors > limit };
  }

  #pageAround(
    query: SearchQuery,
    values: ValueFilters,
    totals: { readonly vendors: number; readonly branches: number },
  ) {
    const page = this.#shared.circles.search(query, { ...totals, bestText: 1 }, (within, ranges) => {
      const filters = this.#filters(within, values);
      return { matched: this.#matchesIn(ranges, filters, true), filters };
    });
    return page && { page, more: totals.vendors > query.limit };
  }

  #matchesIn(ranges: number[] | null, filters: BranchFilters, areGroupsTested: boolean): MatchedBranches {
    const { matcher } = this.#shared;
    const { ids, textScores, squares } = matcher;
    const count = filters.keepPassing(matcher, matcher.everything(ranges), areGroupsTested);
    textScores.fill(1, 0, count);
    return { ids, textScores, squares, count, areMeasured: true };
  }

  /** Searches growing circles until one contains a whole page; the totals are known. */
  #nearest(query: SearchQuery): SearcherResult {
    const { sections, metadata, ranker } = this.#shared;
    const totals = totalsOf(query.status, metadata);
    const wanted = Math.min(query.limit, totals.vendors);
    const values = valueFiltersOf(query, metadata);
    for (const radiusMetres of growingRadii(wanted, metadata.bounds, metadata.branches)) {
      const within = { ...query, radiusMetres };
      const filters = this.#filters(within, values);
      const matched = this.#matchesIn(queryCellRanges(within, sections.mortonCodes, metadata.bounds), filters, false);
      const { vendors, page } = ranker.rank(matched, { ...query, sort: 'distance' }, filters, null);
      if (vendors < wanted) continue;
      // A vendor's branches outside the circle are part of its hit too.
      const everywhere = this.#filters(query, values);
      const textScore = (branch: number) => (everywhere.passesBaseFilters(branch) ? 1 : -1);
      return { ...totals, page, more: totals.vendors > query.limit, facets: {}, textScore, filters: everywhere };
    }
    throw new RangeError('the last circle is the whole earth');
  }
}

function totalsOf(status: string | null, { statuses, statusTotals, vendors, branches }: IndexMetadata) {
  if (status === null) return { vendors, branches };
  return statusTotals[statuses.indexOf(status)] ?? { vendors: 0, branches: 0 };
}
