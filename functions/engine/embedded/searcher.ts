import type { SearchQuery, Sort } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import { parserOf, type QueryParser } from '../../model/text/parser-of-release.ts';
import type { Steps } from '../../model/time-slices.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { branchPostings } from './file/posting-sections.ts';
import { blockOf, lowerBound } from './geo/cell-ranges.ts';
import { queryCellRanges } from './geo/query-ranges.ts';
import { BranchFilters } from './match/branch-filters.ts';
import { BLOCK, type BranchBuffers, buffersFrom } from './match/filter-loops.ts';
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
  readonly #block: number;
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

  /** @param block the number of branches that are matched in a step, if all together would take long; a multiple of 32 */
  constructor(sections: Sections, metadata: IndexMetadata, block = BLOCK) {
    this.#block = block;
    this.#sections = sections;
    this.#metadata = metadata;
    this.#parse = parserOf({ city: metadata.content.city, words: metadata.words });
    const matchingTerms = [new WeakMap(), new WeakMap()] as const;
    const postings = branchPostings(sections, matchingTerms);
    this.#matcher = new TextMatcher(postings, (of) => new UnindexedPhrases(sections, postings, of));
    this.#buffers = {
      ids: new Uint32Array(metadata.branches),
      textScores: new Float64Array(metadata.branches),
      squares: new Float64Array(metadata.branches),
    };
    this.#ranker = new Ranker(sections, metadata.vendors);
    this.#filter = new VendorFilter(sections, metadata);
    this.#facets = new VendorFacets(sections, metadata, this.#filter);
    this.#states = new OpenStates(sections);
    this.#vendorSearch = new VendorSearch({
      sections,
      metadata,
      block,
      matchingTerms,
      buffers: this.#buffers,
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
    const isAnywhere = query.radiusMetres === null && query.box === null && !parsedQuery.isUnsearchable;
    const found = isAnywhere ? yield* this.#vendorSearch.search(simplest, parsedQuery, after) : null;
    return found ?? (yield* this.#searchBranches(parsedQuery, simplest, after));
  }

  *#searchBranches(parsedQuery: ParsedQuery, query: SearchQuery, after: PageStart | null): Steps<SearcherResult> {
    const { sort, typos, mayLack } = query;
    const values = valueFiltersOf(query, this.#metadata);
    const states = this.#states.at(query);
    const filters = new BranchFilters(this.#sections, query, values, states);
    const hasWords = parsedQuery.required.length + parsedQuery.optional.length > 0;
    const hasText = hasWords || parsedQuery.excluded.length > 0;
    const isScored = sort === 'best' || (hasWords && query.limit > SMALL_PAGE);
    const isCounted = query.facets.length > 0;
    const buffers = this.#buffers;
    const options = { typos, mayLack, isScored };
    if (!this.#matcher.prepare(parsedQuery, options)) {
      yield* this.#matcher.findPhrases(parsedQuery);
      this.#matcher.prepare(parsedQuery, options);
    }
    const ranges = queryCellRanges(query, this.#sections.mortonCodes, this.#metadata.bounds);
    const { branches } = this.#metadata;
    const size = this.#matcher.blockSize(ranges, this.#block);
    let count = 0;
    for (let from = 0; from < branches && !parsedQuery.isUnsearchable; from += size) {
      if (from > 0) yield;
      const block = blockOf(ranges, from, from + size, branches);
      if (block.ranges?.length === 0) continue;
      const found = from > 0 ? buffersFrom(buffers, count) : buffers;
      let kept = this.#matcher.match(block, found);
      if (isCounted) {
        kept = filters.keepPassingBase(found, kept);
        this.#filter.collect(found.ids, kept);
      }
      kept = filters.keepPassingGroups(found, kept);
      count += isCounted ? kept : filters.keepPassingBase(found, kept);
    }
    if (isCounted) yield* this.#filter.filterCollected(query, values, states);
    const facets = isCounted ? yield* this.#facets.count(query.facets, states) : {};
    const matched = { ...buffers, count, areMeasured: query.radiusMetres !== null && !isCounted };
    const ranked = yield* this.#ranker.rank(matched, query, filters, after);
    // Without words, testing the filters is faster than finding the branch among the matches.
    const textScore = hasText
      ? (branch: number) => this.#textScore(branch, count, isScored)
      : (branch: number) => (filters.passesAll(branch) ? 1 : -1);
    return { ...ranked, branches: count, facets, textScore, filters };
  }

  #textScore(branch: number, count: number, isScored: boolean): number {
    const { ids, textScores } = this.#buffers;
    const at = lowerBound(ids, branch, 0, count);
    if (at === count || ids[at] !== branch) return -1;
    return isScored ? (textScores[at] as number) : this.#matcher.textScore(branch);
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
