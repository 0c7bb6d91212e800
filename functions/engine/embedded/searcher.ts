import type { Facets, SearchQuery, Sort } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import { parserOf, type QueryParser } from '../../model/text/parser-of-release.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { lowerBound } from './geo/cell-ranges.ts';
import { growingRadii, isNearestOnly } from './geo/nearest-neighbours.ts';
import { queryCellRanges } from './geo/query-ranges.ts';
import { ALL_FACET_GROUPS, BranchFilters } from './match/branch-filters.ts';
import { FacetCounter } from './match/facet-counter.ts';
import { OpenStates } from './match/open-states.ts';
import { TextMatcher } from './match/text-matcher.ts';
import { valueFiltersOf } from './match/value-filters.ts';
import { VendorFacets } from './match/vendor-facets.ts';
import { VendorFilter } from './match/vendor-filter.ts';
import { type PageStart, Ranker } from './rank/ranker.ts';

/** Up to this page size, text scores are computed only for the branches that are shown. */
const SMALL_PAGE = 100;

/** The result of a search as numbers of the index; valid until the next search. */
export type SearcherResult = {
  readonly vendors: number;
  readonly branches: number;
  /** Vendors, in order. */
  readonly page: Uint32Array;
  readonly more: boolean;
  readonly facets: Facets;
  /** The text score of a branch; -1 if the branch does not match. */
  textScore(branch: number): number;
  readonly filters: BranchFilters;
};

/** Searches an index, one query at a time: its arrays are reused, so that nothing is allocated per branch. */
export class Searcher {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  readonly #parse: QueryParser;
  readonly #matcher: TextMatcher;
  readonly #ranker: Ranker;
  readonly #facetCounter: FacetCounter;
  readonly #vendorFilter: VendorFilter;
  readonly #vendorFacets: VendorFacets;
  readonly #groups: Uint8Array;
  readonly #states: OpenStates;

  constructor(sections: Sections, metadata: IndexMetadata) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#parse = parserOf({ city: metadata.content.city, words: metadata.words });
    this.#matcher = new TextMatcher(sections, metadata.branches);
    this.#ranker = new Ranker(sections, metadata.vendors);
    this.#facetCounter = new FacetCounter(sections, metadata);
    this.#groups = new Uint8Array(metadata.branches);
    this.#vendorFilter = new VendorFilter(sections);
    this.#vendorFacets = new VendorFacets(sections, metadata, this.#vendorFilter);
    this.#states = new OpenStates(sections);
  }

  /** @param after the position after which the page begins */
  search(query: SearchQuery, after: PageStart | null): SearcherResult {
    const parsedQuery = this.#parse(query);
    if (isNearestOnly(query)) return this.#nearest(query);
    const sort = simplestSort(query, after);
    if (sort === 'name' && isVendorQuery(query, parsedQuery)) return this.#byName(query, after);
    const filters = this.#filters(query);
    const hasWords = parsedQuery.required.length + parsedQuery.optional.length > 0;
    const isScored = sort === 'best' || (hasWords && query.limit > SMALL_PAGE);
    let count = this.#match(parsedQuery, query, filters, isScored);
    const facets = this.#countFacets(query, count, filters);
    if (query.facets.length > 0) count = this.#keepPassingGroups(count);
    const { ids, textScores } = this.#matcher;
    const ranked = this.#ranker.rank({ ids, textScores, count }, { ...query, sort }, filters, after);
    const textScore = (branch: number) => this.#textScore(branch, count, isScored);
    return { ...ranked, branches: count, facets, textScore, filters };
  }

  #filters(query: SearchQuery): BranchFilters {
    const values = valueFiltersOf(query, this.#metadata);
    return new BranchFilters(this.#sections, query, values, this.#states.at(query));
  }

  /** Vendors are numbered by name. */
  #byName(query: SearchQuery, after: PageStart | null): SearcherResult {
    const filter = this.#vendorFilter;
    const totals = filter.filter(query, valueFiltersOf(query, this.#metadata), this.#states.at(query));
    const from = after === null ? 0 : lowerBound(filter.vendors, after.vendor, 0, totals.vendors);
    const page = filter.vendors.slice(from, Math.min(from + query.limit, totals.vendors));
    const more = totals.vendors - from > query.limit;
    const facets = this.#vendorFacets.count(query.facets, this.#states);
    const filters = this.#filters(query);
    const textScore = (branch: number) => (filters.passesAll(branch) ? 1 : -1);
    return { ...totals, page, more, facets, textScore, filters };
  }

  /**
   * Finds the branches that match the text and the base filters, and the filter groups that each passes; returns how many. Without facets,
   * only branches that pass all groups are kept.
   */
  #match(parsedQuery: ParsedQuery, query: SearchQuery, filters: BranchFilters, isScored: boolean): number {
    if (parsedQuery.isUnsearchable) return 0;
    const ranges = queryCellRanges(query, this.#sections.mortonCodes, this.#metadata.bounds);
    const { ids, textScores } = this.#matcher;
    const { typos, mayLack } = query;
    const matched = this.#matcher.match(parsedQuery, { typos, mayLack, ranges, isScored });
    const found = filters.keepPassingBaseFilters(ids, textScores, matched);
    const groups = this.#groups;
    const isCounted = query.facets.length > 0;
    if (filters.hasNoFacetFilters) {
      if (isCounted) groups.fill(ALL_FACET_GROUPS, 0, found);
      return found;
    }
    let count = 0;
    for (let at = 0; at < found; at++) {
      const branch = ids[at] as number;
      const passed = filters.groups(branch);
      if (!isCounted && passed !== ALL_FACET_GROUPS) continue;
      ids[count] = branch;
      groups[count] = passed;
      textScores[count++] = textScores[at] as number;
    }
    return count;
  }

  #countFacets({ facets }: SearchQuery, count: number, filters: BranchFilters): Facets {
    if (facets.length === 0) return {};
    const { ids, textScores } = this.#matcher;
    const vendors = this.#ranker.collect({ ids, textScores, count });
    const grouped = { ids, groups: this.#groups, count };
    return this.#facetCounter.count(facets, grouped, this.#ranker.vendors.subarray(0, vendors), filters);
  }

  #keepPassingGroups(found: number): number {
    const { ids, textScores } = this.#matcher;
    let count = 0;
    for (let at = 0; at < found; at++) {
      if (this.#groups[at] !== ALL_FACET_GROUPS) continue;
      ids[count] = ids[at] as number;
      textScores[count++] = textScores[at] as number;
    }
    return count;
  }

  #textScore(branch: number, count: number, isScored: boolean): number {
    const { ids, textScores } = this.#matcher;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] as number) < branch) low = middle + 1;
      else high = middle;
    }
    if (low === count || ids[low] !== branch) return -1;
    return isScored ? (textScores[low] as number) : this.#matcher.textScore(branch);
  }

  /** Searches growing circles until one contains a whole page; the totals are known. */
  #nearest(query: SearchQuery): SearcherResult {
    const totals = this.#totals(query.status);
    const wanted = Math.min(query.limit, totals.vendors);
    const { ids, textScores } = this.#matcher;
    for (const radiusMetres of growingRadii(wanted, this.#metadata)) {
      const within = { ...query, radiusMetres };
      const filters = this.#filters(within);
      const count = this.#match(this.#parse(query), within, filters, false);
      const { vendors, page } = this.#ranker.rank(
        { ids, textScores, count },
        { ...query, sort: 'distance' },
        filters,
        null,
      );
      if (vendors < wanted) continue;
      // A vendor's branches outside the circle are part of its hit too.
      const everywhere = this.#filters(query);
      const textScore = (branch: number) => (everywhere.passesBaseFilters(branch) ? 1 : -1);
      return { ...totals, page, more: totals.vendors > query.limit, facets: {}, textScore, filters: everywhere };
    }
    throw new RangeError('the last circle is the whole earth');
  }

  #totals(status: string | null): { vendors: number; branches: number } {
    const { statuses, statusTotals, vendors, branches } = this.#metadata;
    if (status === null) return { vendors, branches };
    return statusTotals[statuses.indexOf(status)] ?? { vendors: 0, branches: 0 };
  }
}

/** Whether a query depends on neither words nor a place, so that its branches need not be read in the order of the curve. */
function isVendorQuery({ radiusMetres, box }: SearchQuery, parsed: ParsedQuery): boolean {
  const { required, optional, excluded, isUnsearchable } = parsed;
  const hasWords = required.length + optional.length + excluded.length > 0;
  return radiusMetres === null && box === null && !hasWords && !isUnsearchable;
}

/** The simplest sort that orders this query in the same way. */
function simplestSort({ sort, origin, text, timeAsked }: SearchQuery, after: PageStart | null): Sort {
  // Without words and a time, the best is the nearest or the first by name. A cursor contains the score, so its sort stays, except where
  // all scores are 1 and there are no distances.
  const isOnlyByName = origin === null && after?.score === 1;
  const hasEqualScores = sort === 'best' && text === '' && !timeAsked && (after === null || isOnlyByName);
  if (origin === null) return sort === 'distance' || hasEqualScores ? 'name' : sort;
  return hasEqualScores ? 'distance' : sort;
}
