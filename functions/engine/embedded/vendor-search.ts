import type { SearchQuery } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import type { Steps } from '../../model/time-slices.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { type MatchingTermCache, vendorPostings } from './file/posting-sections.ts';
import { blockOf, type CellRanges, lowerBound } from './geo/cell-ranges.ts';
import { BranchFilters } from './match/branch-filters.ts';
import type { BranchBuffers } from './match/filter-loops.ts';
import type { OpenStates } from './match/open-states.ts';
import { isZero, type Totals } from './match/position-loops.ts';
import { everything, TextMatcher } from './match/text-matcher.ts';
import { type ValueFilters, valueFiltersOf } from './match/value-filters.ts';
import type { VendorFacets } from './match/vendor-facets.ts';
import type { VendorFilter } from './match/vendor-filter.ts';
import { CircleSearch } from './rank/circle-search.ts';
import type { Page, PageStart, Ranker } from './rank/ranker.ts';
import { scoreByState } from './rank/state-scores.ts';
import { type MatchedBranches, setAll } from './rank/vendor-scores.ts';
import type { SearcherResult } from './searcher-result.ts';

/** Up to this page size, text scores are computed only for the vendors or branches that are shown. */
export const SMALL_PAGE = 100;

/** The text score of vendors that do not match. */
const NO_MATCH = -1;

/** The matches that the first circle of a page of 20 contains, twice. */
const MIN_VISITS = 120;

/** What a search shares with the others of a {@link Searcher}. */
type Shared = {
  readonly sections: Sections;
  readonly metadata: IndexMetadata;
  /** The number of branches or vendors that are matched in a step. */
  readonly block: number;
  readonly matchingTerms: MatchingTermCache;
  readonly buffers: BranchBuffers;
  readonly ranker: Ranker;
  readonly states: OpenStates;
  readonly filter: VendorFilter;
  readonly facets: VendorFacets;
};

/**
 * Searches without a radius or a box, and with words that only vendors have. Matches, totals and facets come from postings and columns in the order of
 * vendors; only the branches around an origin are read in the order of the curve.
 */
export class VendorSearch {
  readonly #shared: Shared;
  readonly #matcher: TextMatcher;
  readonly #filter: VendorFilter;
  readonly #circles: CircleSearch;
  /** The vendors that match the words, ascending: the first `#count`; and their text scores, if they are needed. */
  readonly #ids: Uint32Array;
  readonly #textScores: Float64Array;
  #count = 0;
  /** By vendor: {@link NO_MATCH}, or its text score. Valid after `#spread`. */
  readonly #texts: Float64Array;
  #isSpread = false;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#matcher = new TextMatcher(vendorPostings(shared.sections, shared.matchingTerms), null);
    this.#filter = shared.filter;
    this.#circles = new CircleSearch(shared.sections, shared.metadata, shared.ranker);
    const { vendors } = shared.metadata;
    this.#texts = new Float64Array(vendors).fill(NO_MATCH);
    this.#ids = new Uint32Array(vendors);
    this.#textScores = new Float64Array(vendors);
  }

  /** The result; `null` if the branches must be searched. @param query with the simplest sort that orders it in the same way */
  *search(query: SearchQuery, parsed: ParsedQuery, after: PageStart | null): Steps<SearcherResult | null> {
    const { sort, origin, limit } = query;
    const hasWords = parsed.required.length + parsed.optional.length + parsed.excluded.length > 0;
    const isAround = sort !== 'name' && origin !== null;
    if (isAround && after !== null && !hasWords) return null;
    const isScored = hasWords && (sort === 'best' || limit > SMALL_PAGE);
    if (hasWords && !this.#matcher.prepare(parsed, { typos: query.typos, mayLack: query.mayLack, isScored }))
      return null;
    if (hasWords) this.#clear();
    const vendors = hasWords ? this.#ids.length : 0;
    const size = this.#matcher.blockSize(null, this.#shared.block);
    for (let from = 0; from < vendors; from += size) {
      if (from > 0) yield;
      this.#match(from, size);
    }
    const some = hasWords ? { ids: this.#ids, count: this.#count } : null;
    const { metadata, states } = this.#shared;
    const values = valueFiltersOf(query, metadata);
    const totals = yield* this.#filter.filter(query, values, states.at(query), some, !isAround);
    if (isAround && hasWords) this.#spread(isScored);
    const page = isAround
      ? yield* this.#pageAround(query, values, totals, hasWords, after)
      : sort === 'name'
        ? this.#pageByName(query, after, totals)
        : this.#pageByScore(query, after, totals, hasWords);
    if (page === null) return null;
    const facets = yield* this.#shared.facets.count(query.facets, states);
    const filters = this.#filters(query, values);
    const text = hasWords ? (vendor: number) => this.#textScore(vendor, isScored) : () => 1;
    const { branchVendor } = this.#shared.sections;
    const textScore = (branch: number) => (filters.passesAll(branch) ? text(branchVendor[branch] as number) : NO_MATCH);
    return { ...totals, ...page, facets, textScore, filters };
  }

  /** Forgets the vendors that matched the words of the previous search. */
  #clear(): void {
    for (let at = 0; this.#isSpread && at < this.#count; at++) this.#texts[this.#ids[at] as number] = NO_MATCH;
    this.#isSpread = false;
    this.#count = 0;
  }

  /** Adds the vendors of a block that match the words. */
  #match(from: number, size: number): void {
    const [ids, textScores, count] = [this.#ids, this.#textScores, this.#count];
    const found = from > 0 ? { ids: ids.subarray(count), textScores: textScores.subarray(count) } : { ids, textScores };
    this.#count += this.#matcher.match(blockOf(null, from, from + size, ids.length), found);
  }

  /** Writes the text scores by vendor. */
  #spread(isScored: boolean): void {
    const [texts, ids, textScores] = [this.#texts, this.#ids, this.#textScores];
    this.#isSpread = true;
    for (let at = 0; at < this.#count; at++) texts[ids[at] as number] = isScored ? (textScores[at] as number) : 0;
  }

  #textScore(vendor: number, isScored: boolean): number {
    const at = lowerBound(this.#ids, vendor, 0, this.#count);
    if (at === this.#count || this.#ids[at] !== vendor) return NO_MATCH;
    return isScored ? (this.#textScores[at] as number) : this.#matcher.textScore(vendor);
  }

  #filters(query: SearchQuery, values: ValueFilters): BranchFilters {
    return new BranchFilters(this.#shared.sections, query, values, this.#shared.states.at(query));
  }

  /** By text score, times the factor of the best open state if the caller asked about a time. */
  #pageByScore(query: SearchQuery, after: PageStart | null, totals: Totals, hasWords: boolean): Page {
    const { ranker } = this.#shared;
    const ids = this.#ids;
    if (this.#filter.vendors === ids && !query.timeAsked) {
      // All matches: their scores are read in order, and the places of the best are chosen.
      const start = after && { ...after, vendor: lowerBound(ids, after.vendor, 0, this.#count) };
      const places = this.#filter.all.subarray(0, this.#count);
      const { page, more } = ranker.pageByScore(places, query.limit, start, this.#textScores);
      return { page: page.map((place) => ids[place] as number), more };
    }
    if (hasWords) this.#spread(true);
    const vendors = this.#filter.vendors.subarray(0, totals.vendors);
    const { scores } = ranker;
    if (query.timeAsked) scoreByState(this.#shared, vendors, scores);
    else setAll(scores, vendors, 1);
    for (let at = 0; hasWords && at < vendors.length; at++) {
      const vendor = vendors[at] as number;
      scores[vendor] = (scores[vendor] as number) * (this.#texts[vendor] as number);
    }
    return ranker.pageByScore(vendors, query.limit, after);
  }

  /** Vendors are numbered by name. */
  #pageByName({ limit }: SearchQuery, after: PageStart | null, totals: Totals): Page {
    const { vendors } = this.#filter;
    const from = after === null ? 0 : lowerBound(vendors, after.vendor, 0, totals.vendors);
    return {
      page: vendors.slice(from, Math.min(from + limit, totals.vendors)),
      more: totals.vendors - from > limit,
    };
  }

  /** `null` without words if too many branches are closer than the page reaches. */
  *#pageAround(
    query: SearchQuery,
    values: ValueFilters,
    totals: Totals,
    hasWords: boolean,
    after: PageStart | null,
  ): Steps<Page | null> {
    // A circle with a page has some branches / matches x MIN_VISITS branches: where the matches are rare, these are more than the matches.
    const isRare = totals.branches ** 2 < MIN_VISITS * this.#shared.metadata.branches;
    // A cursor's position by distance can only be found among the distances of all branches.
    if (!hasWords || (after === null && query.limit <= SMALL_PAGE && !isRare)) {
      let bestText = hasWords ? 0 : 1;
      for (let at = 0; hasWords && at < totals.vendors; at++) {
        bestText = Math.max(bestText, this.#texts[this.#filter.vendors[at] as number] as number);
      }
      const page = yield* this.#circles.search(query, { ...totals, bestText }, (within, ranges) => {
        const filters = this.#filters(within, values);
        return { matched: this.#matchesIn(ranges, filters, hasWords), filters };
      });
      if (page) return { page, more: totals.vendors > query.limit };
      if (!hasWords) return null;
    }
    return yield* this.#shared.ranker.rank(this.#allMatches(), query, this.#filters(query, values), after);
  }

  /** The branches that pass, of vendors that match the words. */
  #allMatches(): MatchedBranches {
    const { buffers, sections } = this.#shared;
    const { ids, textScores } = buffers;
    this.#filter.expand();
    const { positions, failed, count, vendorAt } = this.#filter;
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const position = positions[at] as number;
      ids[kept] = sections.vendorBranches[position] as number;
      textScores[kept] = this.#texts[vendorAt[position] as number] as number;
      kept += isZero(failed[at] as number);
    }
    return { ...buffers, count: kept, areMeasured: false };
  }

  #matchesIn(ranges: CellRanges, filters: BranchFilters, hasWords: boolean): MatchedBranches {
    const { buffers, metadata } = this.#shared;
    const { branches } = metadata;
    let count = everything(blockOf(ranges, 0, branches, branches), buffers.ids);
    if (hasWords) count = this.#keepMatched(count);
    count = filters.keepPassingBase(buffers, filters.keepPassingGroups(buffers, count));
    if (!hasWords) buffers.textScores.fill(1, 0, count);
    return { ...buffers, count, areMeasured: true };
  }

  /** Keeps the branches of vendors that match the words, with their text scores. */
  #keepMatched(count: number): number {
    const { ids, textScores } = this.#shared.buffers;
    const { branchVendor } = this.#shared.sections;
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const text = this.#texts[branchVendor[branch] as number] as number;
      ids[kept] = branch;
      textScores[kept] = text;
      kept += text === NO_MATCH ? 0 : 1;
    }
    return kept;
  }
}
