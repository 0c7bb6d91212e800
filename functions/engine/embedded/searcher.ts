import type { Facets, SearchQuery, Sort } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import { parserOf, type QueryParser } from '../../model/text/parser-of-release.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { branchPostings } from './file/posting-sections.ts';
import { queryCellRanges } from './geo/query-ranges.ts';
import { ALL_FACET_GROUPS, BranchFilters } from './match/branch-filters.ts';
import { FacetCounter } from './match/facet-counter.ts';
import type { BranchBuffers } from './match/filter-loops.ts';
import { OpenStates } from './match/open-states.ts';
import { TextMatcher } from './match/text-matcher.ts';
import { UnindexedPhrases } from './match/unindexed-phrases.ts';
import { valueFiltersOf } from './match/value-filters.ts';
import { type PageStart, Ranker } from './rank/ranker.ts';
import type { SearcherResult } from './searcher-result.ts';
import { SMALL_PAGE, VendorSearch } from './vendor-search.ts';

/** Searches an index, one query at a time: its arrays are reused, so that nothing is allocated per branch. */
export class Searcher {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  readonly #parse: QueryParser;
  readonly #matcher: TextMatcher;
  readonly #buffers: BranchBuffers;
  readonly #ranker: Ranker;
  readonly #facetCounter: FacetCounter;
  readonly #vendorSearch: VendorSearch;
  readonly #groups: Uint8Array;
  readonly #states: OpenStates;

  constructor(sections: Sections, metadata: IndexMetadata) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#parse = parserOf({ city: metadata.content.city, words: metadata.words });
    const matchingTerms = [new WeakMap(), new WeakMap()] as const;
    const postings = branchPostings(sections, matchingTerms);
    this.#matcher = new TextMatcher(postings, (of) => new UnindexedPhrases(sections, postings, of));
    const { ids, textScores } = this.#matcher;
    this.#buffers = { ids, textScores, squares: new Float64Array(metadata.branches) };
    this.#ranker = new Ranker(sections, metadata.vendors);
    this.#facetCounter = new FacetCounter(sections, metadata);
    this.#groups = new Uint8Array(metadata.branches);
    this.#states = new OpenStates(sections);
    this.#vendorSearch = new VendorSearch({
      sections,
      metadata,
      matchingTerms,
      buffers: this.#buffers,
      matcher: this.#matcher,
      ranker: this.#ranker,
      states: this.#states,
    });
  }

  /** @param after the position after which the page begins */
  search(query: SearchQuery, after: PageStart | null): SearcherResult {
    const parsedQuery = this.#parse(query);
    const sort = simplestSort(query, after);
    const simplest = { ...query, sort };
    return (
      this.#vendorSearch.search(simplest, parsedQuery, after) ?? this.#searchBranches(parsedQuery, simplest, after)
    );
  }

  #searchBranches(parsedQuery: ParsedQuery, query: SearchQuery, after: PageStart | null): SearcherResult {
    const { sort } = query;
    const filters = this.#filters(query);
    const hasWords = parsedQuery.required.length + parsedQuery.optional.length > 0;
    const isScored = sort === 'best' || (hasWords && query.limit > SMALL_PAGE);
    let count = this.#match(parsedQuery, query, filters, isScored);
    const facets = this.#countFacets(query, count, filters);
    if (query.facets.length > 0) count = this.#keepPassingGroups(count);
    const areMeasured = query.radiusMetres !== null && query.facets.length === 0;
    const matched = { ...this.#buffers, count, areMeasured };
    const ranked = this.#ranker.rank(matched, query, filters, after);
    const textScore = (branch: number) => this.#textScore(branch, count, isScored);
    return { ...ranked, branches: count, facets, textScore, filters };
  }

  #filters(query: SearchQuery): BranchFilters {
    const values = valueFiltersOf(query, this.#metadata);
    return new BranchFilters(this.#sections, query, values, this.#states.at(query));
  }

  /**
   * Finds the branches that match the text and the base filters, and the filter groups that each passes; returns how many. Without facets,
   * only branches that pass all groups are kept.
   */
  #match(parsedQuery: ParsedQuery, query: SearchQuery, filters: BranchFilters, isScored: boolean): number {
    if (parsedQuery.isUnsearchable) return 0;
    const ranges = queryCellRanges(query, this.#sections.mortonCodes, this.#metadata.bounds);
    const { typos, mayLack } = query;
    const matched = this.#matcher.match(parsedQuery, { typos, mayLack, ranges, isScored });
    const isCounted = query.facets.length > 0;
    const count = filters.keepPassing(this.#buffers, matched, !isCounted);
    if (!isCounted) return count;
    const { ids } = this.#matcher;
    const groups = this.#groups;
    if (filters.hasNoFacetFilters) groups.fill(ALL_FACET_GROUPS, 0, count);
    else for (let at = 0; at < count; at++) groups[at] = filters.groups(ids[at] as number);
    return count;
  }

  #countFacets({ facets }: SearchQuery, count: number, filters: BranchFilters): Facets {
    if (facets.length === 0) return {};
    const { ids, textScores } = this.#matcher;
    const vendors = this.#ranker.collect(ids, textScores, count);
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
