import type { SearchQuery, Sort } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import { parserOf, type QueryParser } from '../../model/text/parser-of-release.ts';
import type { Steps } from '../../model/time-slices.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { branchPostings } from './file/posting-sections.ts';
import { queryCellRanges } from './geo/query-ranges.ts';
import { BranchFilters } from './match/branch-filters.ts';
import { type BranchBuffers, LONG_STEP } from './match/filter-loops.ts';
import { OpenStates } from './match/open-states.ts';
import { TextMatcher } from './match/text-matcher.ts';
import { UnindexedPhrases } from './match/unindexed-phrases.ts';
import { valueFiltersOf } from './match/value-filters.ts';
import { VendorFacets } from './match/vendor-facets.ts';
import { VendorFilter } from './match/vendor-filter.ts';
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
  readonly #filter: VendorFilter;
  readonly #facets: VendorFacets;
  readonly #vendorSearch: VendorSearch;
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
    this.#filter = new VendorFilter(sections, metadata);
    this.#facets = new VendorFacets(sections, metadata, this.#filter);
    this.#states = new OpenStates(sections);
    this.#vendorSearch = new VendorSearch({
      sections,
      metadata,
      matchingTerms,
      buffers: this.#buffers,
      matcher: this.#matcher,
      ranker: this.#ranker,
      states: this.#states,
      filter: this.#filter,
      facets: this.#facets,
    });
  }

  /** @param after the position after which the page begins */
  *search(query: SearchQuery, after: PageStart | null): Steps<SearcherResult> {
    const parsedQuery = this.#parse(query);
    const sort = simplestSort(query, after);
    const simplest = { ...query, sort };
    return (
      (yield* this.#vendorSearch.search(simplest, parsedQuery, after)) ??
      (yield* this.#searchBranches(parsedQuery, simplest, after))
    );
  }

  *#searchBranches(parsedQuery: ParsedQuery, query: SearchQuery, after: PageStart | null): Steps<SearcherResult> {
    const { sort } = query;
    const values = valueFiltersOf(query, this.#metadata);
    const states = this.#states.at(query);
    const filters = new BranchFilters(this.#sections, query, values, states);
    const hasWords = parsedQuery.required.length + parsedQuery.optional.length > 0;
    const isScored = sort === 'best' || (hasWords && query.limit > SMALL_PAGE);
    const isCounted = query.facets.length > 0;
    const { ids } = this.#matcher;
    let count = this.#match(parsedQuery, query, isScored);
    if (count > LONG_STEP) yield;
    if (!isCounted) count = filters.keepPassingGroups(this.#buffers, count);
    count = filters.keepPassingBase(this.#buffers, count);
    if (count > LONG_STEP) yield;
    if (isCounted) yield* this.#filter.filterBranches({ ids, count }, query, values, states);
    const facets = isCounted ? yield* this.#facets.count(query.facets, states) : {};
    if (isCounted) count = filters.keepPassingGroups(this.#buffers, count);
    const matched = { ...this.#buffers, count, areMeasured: query.radiusMetres !== null && !isCounted };
    const ranked = yield* this.#ranker.rank(matched, query, filters, after);
    // Without words, testing the filters is faster than finding the branch among the matches.
    const isAnyText = !hasWords && parsedQuery.excluded.length === 0;
    const textScore = isAnyText
      ? (branch: number) => (filters.passesAll(branch) ? 1 : -1)
      : (branch: number) => this.#textScore(branch, count, isScored);
    return { ...ranked, branches: count, facets, textScore, filters };
  }

  /** Finds the branches that match the text, and with a place some branches around it; returns how many. */
  #match(parsedQuery: ParsedQuery, query: SearchQuery, isScored: boolean): number {
    if (parsedQuery.isUnsearchable) return 0;
    const ranges = queryCellRanges(query, this.#sections.mortonCodes, this.#metadata.bounds);
    const { typos, mayLack } = query;
    return this.#matcher.match(parsedQuery, { typos, mayLack, ranges, isScored });
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
