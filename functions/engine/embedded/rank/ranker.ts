import type { SearchQuery, Sort } from '../../../model/query.ts';
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

/** The vendors of a page in order, and whether more follow. */
export type Page = { readonly page: Uint32Array; readonly more: boolean };

export type RankedPage = Page & { readonly vendors: number };

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

  /** The vendors after a position. @param scores by vendor */
  rest(vendors: Uint32Array, sort: Sort, after: PageStart, hasDistance: boolean, scores = this.scores): Uint32Array {
    return vendors.filter((vendor) => this.#isAfter(vendor, after, sort, hasDistance, scores));
  }

  /** The first vendors by score, without distances. @param scores by vendor, or by another number that takes its place */
  pageByScore(vendors: Uint32Array, limit: number, after: PageStart | null, scores = this.scores): Page {
    const rest = after ? this.rest(vendors, 'best', after, false, scores) : vendors;
    return this.#page(rest, 'best', limit, null, scores);
  }

  /** @param measure measures the distances of the vendors chosen, if not all are known; `null` without distances */
  #page(
    rest: Uint32Array,
    sort: Sort,
    limit: number,
    measure: ((chosen: Uint32Array) => unknown) | null,
    scores = this.scores,
  ): Page {
    const more = rest.length > limit;
    if (limit === 0) return { page: rest.subarray(0, 0), more };
    const chosen = more ? this.#choose(rest, limit, sort, measure !== null, scores) : rest.slice();
    measure?.(chosen);
    return { page: orderPage(chosen, sort, scores, measure && this.#values.metres).subarray(0, limit), more };
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
    if (found > LONG_STEP) yield;
    const rest = after ? this.rest(vendors, sort, after, hasDistance) : vendors;
    if (found > LONG_STEP) yield;
    return { vendors: found, ...this.#page(rest, sort, limit, hasDistance ? measure : null) };
  }

  #isAfter(vendor: number, after: PageStart, sort: Sort, hasDistance: boolean, scores: Float64Array): boolean {
    const score = scores[vendor] as number;
    if (sort === 'best' && score !== after.score) return score < after.score;
    const metres = hasDistance ? (this.#values.metres[vendor] as number) : 0;
    if (sort !== 'name' && metres !== after.metres) return metres > after.metres;
    return vendor >= after.vendor;
  }

  /** The first `limit` vendors; with a distance also those that tie with the last, because the distance decides between them. */
  #choose(vendors: Uint32Array, limit: number, sort: Sort, hasDistance: boolean, scores: Float64Array): Uint32Array {
    const { nearness, metres } = this.#values;
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
