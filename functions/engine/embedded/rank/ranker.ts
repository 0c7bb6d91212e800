import type { SearchQuery } from '../../../model/query.ts';
import type { Steps } from '../../../model/time-slices.ts';
import type { Sections } from '../file/index-format.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
import { LONG_STEP } from '../match/filter-loops.ts';
import { DistanceRanker } from './distance-ranking.ts';
import { orderPage } from './page-order.ts';
import { TopKHeap } from './top-k-heap.ts';
import { type MatchedBranches, setAll, VendorScores } from './vendor-scores.ts';
import { VendorSet } from './vendor-set.ts';

/** The position after which a page begins; `vendor` is the first vendor whose name and id are after it. */
export type PageStart = { readonly score: number; readonly metres: number; readonly vendor: number };

export type RankedPage = { readonly vendors: number; readonly page: Uint32Array; readonly more: boolean };

/**
 * Orders the vendors of branches. The order is decided by exact scores and distances, which are computed only for vendors that may be on
 * the page; squares of straight lines, which cost a tenth of a distance, exclude the others.
 */
export class Ranker {
  readonly #branchVendor: Uint32Array;
  readonly #set: VendorSet;
  readonly #heap = new TopKHeap();
  readonly #values: VendorScores;
  readonly #distanceRanker: DistanceRanker;
  /** The vendors that {@link collect} has found. */
  readonly vendors: Uint32Array;

  constructor(sections: Sections, vendors: number) {
    this.#branchVendor = sections.branchVendor;
    this.#set = new VendorSet(sections, vendors);
    this.#values = new VendorScores(sections, vendors, this.#heap);
    this.#distanceRanker = new DistanceRanker(sections, vendors, this.#set);
    this.vendors = new Uint32Array(vendors);
  }

  /** Collects the distinct vendors of branches into `vendors`, with their best text scores; returns how many. */
  collect(ids: Uint32Array, textScores: Float64Array, count: number): number {
    const { vendors } = this;
    const branchVendor = this.#branchVendor;
    const scores = this.#values.scores;
    const set = this.#set;
    let found = 0;
    for (let at = 0; at < count; at++) {
      const vendor = branchVendor[ids[at] as number] as number;
      const score = textScores[at] as number;
      if (set.add(vendor)) {
        vendors[found++] = vendor;
        scores[vendor] = score;
      } else if (score > (scores[vendor] as number)) scores[vendor] = score;
    }
    set.clear();
    return found;
  }

  /** By vendor: the scores of those ranked last by `best`. */
  get scores(): Float64Array {
    return this.#values.scores;
  }

  /**
   * The page of vendors whose {@link scores} are known.
   * @param measure measures the distances of the vendors chosen, if not all are known; `null` without distances
   */
  *page(
    vendors: Uint32Array,
    { sort, limit }: Pick<SearchQuery, 'sort' | 'limit'>,
    after: PageStart | null,
    measure: ((chosen: Uint32Array) => unknown) | null,
  ): Steps<Pick<RankedPage, 'page' | 'more'>> {
    const hasDistance = measure !== null;
    const isLong = vendors.length > LONG_STEP;
    const rest = after ? vendors.filter((vendor) => this.#isAfter(vendor, after, sort, hasDistance)) : vendors;
    if (isLong) yield;
    const more = rest.length > limit;
    if (limit === 0) return { page: rest.subarray(0, 0), more };
    const chosen = more ? this.#choose(rest, limit, sort, hasDistance) : rest.slice();
    if (isLong) yield;
    measure?.(chosen);
    const { scores, metres } = this.#values;
    return { page: orderPage(chosen, sort, scores, hasDistance ? metres : null).subarray(0, limit), more };
  }

  /** The number of vendors, the query's page of them in order, and whether more follow. */
  *rank(
    passed: MatchedBranches,
    query: SearchQuery,
    filters: BranchFilters,
    after: PageStart | null,
  ): Steps<RankedPage> {
    const { limit, sort } = query;
    if (after === null) {
      if (sort === 'name') return this.#rankByName(passed, limit);
      if (sort === 'distance') return withMore(this.#distanceRanker.rank(passed, limit, filters), limit);
    }
    return yield* this.#rankAll(passed, query, filters, after);
  }

  /** Vendors are numbered by name. */
  #rankByName(passed: MatchedBranches, limit: number): RankedPage {
    this.#set.addAll(passed);
    const vendors = this.#set.take(this.vendors);
    const page = this.vendors.slice(0, Math.min(limit, vendors));
    return withMore({ vendors, page }, limit);
  }

  *#rankAll(
    passed: MatchedBranches,
    query: SearchQuery,
    filters: BranchFilters,
    after: PageStart | null,
  ): Steps<RankedPage> {
    const { limit, sort } = query;
    const hasDistance = query.origin !== null && sort !== 'name';
    const values = this.#values;
    const found = this.collect(passed.ids, passed.textScores, passed.count);
    const vendors = this.vendors.subarray(0, found);
    if (passed.count > LONG_STEP) yield;
    if (sort === 'name') setAll(values.scores, vendors, 0);
    if (sort === 'best' && !hasDistance && query.timeAsked) values.scoreByState(passed, vendors, filters);
    // A cursor's position can only be found if every vendor's values are exact.
    const isExact = after !== null || limit >= found;
    if (hasDistance && isExact) yield* values.measureAll(passed, vendors, query, filters);
    if (hasDistance && !isExact) yield* values.scoreBest(passed, vendors, limit, query, filters);
    const measure = (chosen: Uint32Array) => isExact || values.measureChosen(passed, vendors, chosen, filters);
    const page = yield* this.page(vendors, query, after, hasDistance ? measure : null);
    return { vendors: found, ...page };
  }

  #isAfter(vendor: number, after: PageStart, sort: SearchQuery['sort'], hasDistance: boolean): boolean {
    const score = this.#values.scores[vendor] as number;
    if (sort === 'best' && score !== after.score) return score < after.score;
    const metres = hasDistance ? (this.#values.metres[vendor] as number) : 0;
    if (sort !== 'name' && metres !== after.metres) return metres > after.metres;
    return vendor >= after.vendor;
  }

  /** The first `limit` vendors; with a distance also those that tie with the last, because the distance decides between them. */
  #choose(vendors: Uint32Array, limit: number, sort: SearchQuery['sort'], hasDistance: boolean): Uint32Array {
    const { scores, nearness, metres } = this.#values;
    if (!hasDistance) return this.#heap.best(vendors, scores, limit).slice();
    const values = sort === 'best' ? scores : nearness;
    if (sort !== 'best') for (const vendor of vendors) values[vendor] = -(metres[vendor] as number);
    const least = this.#values.nthValue(vendors, values, limit);
    return vendors.filter((vendor) => (values[vendor] as number) >= least);
  }
}

function withMore({ vendors, page }: { vendors: number; page: Uint32Array }, limit: number): RankedPage {
  return { vendors, page, more: vendors > limit };
}
