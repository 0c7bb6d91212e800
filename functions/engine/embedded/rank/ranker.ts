import type { SearchQuery } from '../../../model/query.ts';
import { geoFactor } from '../../../model/ranking.ts';
import type { Sections } from '../file/index-format.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
import { DistanceRanker } from './distance-ranking.ts';
import { orderPage } from './page-order.ts';
import { ROUNDING, reachForScore, widenedSquare } from './score-bounds.ts';
import { TopKHeap } from './top-k-heap.ts';
import { VendorSet } from './vendor-set.ts';

/** Branches that passed, ascending, and what their text is worth. */
export type MatchedBranches = { readonly ids: Uint32Array; readonly texts: Float64Array; readonly count: number };

/** The place behind which a page begins; `vendor` is the first vendor whose name and id are behind. */
export type PageStart = { readonly score: number; readonly metres: number; readonly vendor: number };

export type RankedPage = { readonly vendors: number; readonly page: Uint32Array; readonly more: boolean };

/**
 * Puts the vendors of branches in order. What decides is exact, and computed only for vendors that may be on the page; the rest
 * is left out by the squares of straight lines, which cost a tenth of a distance.
 */
export class Ranker {
  readonly #branchVendor: Uint32Array;
  /** By vendor: what was found of those met. */
  readonly #scores: Float64Array;
  /** Squares below zero: the nearest is the highest. */
  readonly #nearness: Float64Array;
  readonly #metres: Float64Array;
  /** By place among the branches: {@link BranchFilters.squares}. */
  readonly #squares: Float64Array;
  readonly #met: VendorSet;
  readonly #nearby: DistanceRanker;
  readonly #top = new TopKHeap();
  /** Vendors that were seen in this search. */
  readonly vendors: Uint32Array;

  constructor(sections: Sections, vendors: number) {
    const { branchVendor } = sections;
    this.#branchVendor = branchVendor;
    this.#squares = new Float64Array(branchVendor.length);
    this.#met = new VendorSet(sections, vendors);
    this.#nearby = new DistanceRanker(sections, vendors, this.#met);
    this.#scores = new Float64Array(vendors);
    this.#nearness = new Float64Array(vendors);
    this.#metres = new Float64Array(vendors);
    this.vendors = new Uint32Array(vendors);
  }

  /** Collects the vendors of branches into `vendors`, in the order in which they are met; returns how many. */
  collect({ ids, texts, count }: MatchedBranches): number {
    const { vendors } = this;
    const branchVendor = this.#branchVendor;
    const scores = this.#scores;
    const met = this.#met;
    let found = 0;
    for (let at = 0; at < count; at++) {
      const vendor = branchVendor[ids[at] as number] as number;
      const text = texts[at] as number;
      if (met.add(vendor)) {
        vendors[found++] = vendor;
        scores[vendor] = text;
      } else if (text > (scores[vendor] as number)) scores[vendor] = text;
    }
    met.clear();
    return found;
  }

  /** How many vendors the branches have, the query's page of them in order, and whether more stand behind it. */
  rank(passed: MatchedBranches, query: SearchQuery, filters: BranchFilters, after: PageStart | null): RankedPage {
    const { limit, sort } = query;
    const isNear = query.origin !== null && sort !== 'name';
    if (after === null) {
      if (sort === 'name') return this.#byNumber(passed, limit);
      if (sort === 'distance') return ranked(this.#nearby.rank(passed, limit, filters), limit);
    }
    return this.#rankAll(passed, query, filters, after, isNear);
  }

  /** Vendors are numbered by name. */
  #byNumber(passed: MatchedBranches, limit: number): RankedPage {
    const vendors = this.#met.addAll(passed);
    const page = this.#met.first(limit);
    this.#met.clear();
    return ranked({ vendors, page }, limit);
  }

  #rankAll(
    passed: MatchedBranches,
    query: SearchQuery,
    filters: BranchFilters,
    after: PageStart | null,
    isNear: boolean,
  ): RankedPage {
    const { limit, sort } = query;
    const found = this.collect(passed);
    const vendors = this.vendors.subarray(0, found);
    if (sort === 'name') this.#forget(this.#scores, vendors, 0);
    if (sort === 'best' && !isNear && query.timeAsked) this.#scoreStates(passed, vendors, filters);
    // Which vendors are behind a cursor is known only when all are known exactly.
    const isExact = after !== null || limit >= found;
    if (isNear && isExact) this.#measureAll(passed, vendors, query, filters);
    if (isNear && !isExact) {
      filters.squares(passed.ids, passed.count, this.#squares);
      this.#measureSquares(passed, vendors);
      this.#score(passed, vendors, limit, query, filters);
    }
    const rest = after ? vendors.filter((vendor) => this.#isBehind(vendor, after, sort, isNear)) : vendors;
    const more = rest.length > limit;
    if (limit === 0) return { vendors: found, page: rest.subarray(0, 0), more };
    const chosen = more ? this.#choose(rest, limit, sort, isNear) : rest.slice();
    if (isNear && !isExact) this.#measure(passed, vendors, chosen, filters);
    return {
      vendors: found,
      page: orderPage(chosen, sort, this.#scores, isNear ? this.#metres : null).subarray(0, limit),
      more,
    };
  }

  #forget(values: Float64Array, vendors: Uint32Array, value: number): void {
    for (let at = 0; at < vendors.length; at++) values[vendors[at] as number] = value;
  }

  #scoreStates({ ids, texts, count }: MatchedBranches, vendors: Uint32Array, filters: BranchFilters): void {
    this.#forget(this.#scores, vendors, 0);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      this.#offerScore(branch, (texts[at] as number) * filters.openFactor(branch));
    }
  }

  #offerScore(branch: number, score: number): void {
    const vendor = this.#branchVendor[branch] as number;
    if (score > (this.#scores[vendor] as number)) this.#scores[vendor] = score;
  }

  /** How near each vendor's nearest branch is. */
  #measureSquares({ ids, count }: MatchedBranches, vendors: Uint32Array): void {
    const branchVendor = this.#branchVendor;
    const squares = this.#squares;
    const nearness = this.#nearness;
    this.#forget(nearness, vendors, Number.NEGATIVE_INFINITY);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const near = -(squares[at] as number);
      if (near > (nearness[vendor] as number)) nearness[vendor] = near;
    }
  }

  /**
   * The scores of the vendors that may be among the best `wanted`; the others keep 0. The nearest ones are scored first: what is surely
   * worth less than all of them needs no score.
   */
  #score(
    passed: MatchedBranches,
    vendors: Uint32Array,
    wanted: number,
    query: SearchQuery,
    filters: BranchFilters,
  ): void {
    const { ids, texts, count } = passed;
    const squares = this.#squares;
    this.#forget(this.#scores, vendors, 0);
    const near = -this.#nth(vendors, this.#nearness, wanted);
    for (let at = 0; at < count; at++) {
      if ((squares[at] as number) <= near) this.#scoreAt(passed, at, query, filters);
    }
    const least = this.#nth(vendors, this.#scores, wanted) * (1 - ROUNDING);
    let factor = Number.NaN;
    let reach = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const own = (texts[at] as number) * filters.openFactor(branch);
      if (own !== factor) {
        factor = own;
        reach = reachForScore(own, least, query.scaleMetres);
      }
      const square = squares[at] as number;
      if (square > near && square <= reach) this.#scoreAt(passed, at, query, filters);
    }
  }

  /** The distance of every vendor's nearest branch, and its score. */
  #measureAll(
    { ids, texts, count }: MatchedBranches,
    vendors: Uint32Array,
    query: SearchQuery,
    filters: BranchFilters,
  ): void {
    const branchVendor = this.#branchVendor;
    const metres = this.#metres;
    const isScored = query.sort === 'best';
    this.#forget(metres, vendors, Number.POSITIVE_INFINITY);
    if (isScored) this.#forget(this.#scores, vendors, 0);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const own = filters.metres(branch);
      if (own < (metres[vendor] as number)) metres[vendor] = own;
      if (!isScored) continue;
      const geo = geoFactor(own, query.scaleMetres);
      this.#offerScore(branch, (texts[at] as number) * geo * filters.openFactor(branch));
    }
  }

  #scoreAt({ ids, texts }: MatchedBranches, at: number, { scaleMetres }: SearchQuery, filters: BranchFilters): void {
    const branch = ids[at] as number;
    const geo = geoFactor(filters.metres(branch), scaleMetres);
    this.#offerScore(branch, (texts[at] as number) * geo * filters.openFactor(branch));
  }

  /** The value of the vendor at a place (1: the highest) when all are put in order by it. */
  #nth(vendors: Uint32Array, values: Float64Array, place: number): number {
    return values[this.#top.best(vendors, values, Math.max(1, place))[0] as number] as number;
  }

  /** The distance of the nearest branch of each of the chosen vendors. */
  #measure({ ids, count }: MatchedBranches, vendors: Uint32Array, chosen: Uint32Array, filters: BranchFilters): void {
    const branchVendor = this.#branchVendor;
    const metres = this.#metres;
    const nearness = this.#nearness;
    const squares = this.#squares;
    // -1 marks the vendors that were not chosen.
    this.#forget(metres, vendors, -1);
    this.#forget(metres, chosen, Number.POSITIVE_INFINITY);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const known = metres[vendor] as number;
      if (known === -1 || (squares[at] as number) > widenedSquare(-(nearness[vendor] as number))) continue;
      const own = filters.metres(branch);
      if (own < known) metres[vendor] = own;
    }
  }

  #isBehind(vendor: number, after: PageStart, sort: SearchQuery['sort'], isNear: boolean): boolean {
    const score = this.#scores[vendor] as number;
    if (sort === 'best' && score !== after.score) return score < after.score;
    const metres = isNear ? (this.#metres[vendor] as number) : 0;
    if (sort !== 'name' && metres !== after.metres) return metres > after.metres;
    return vendor >= after.vendor;
  }

  /** The `limit` vendors that come first, and what may come before them. */
  #choose(vendors: Uint32Array, limit: number, sort: SearchQuery['sort'], isNear: boolean): Uint32Array {
    if (!isNear) return this.#top.best(vendors, this.#scores, limit).slice();
    const values = sort === 'best' ? this.#scores : this.#nearness;
    if (sort !== 'best') for (const vendor of vendors) values[vendor] = -(this.#metres[vendor] as number);
    const least = this.#nth(vendors, values, limit);
    return vendors.filter((vendor) => (values[vendor] as number) >= least);
  }
}

function ranked({ vendors, page }: { vendors: number; page: Uint32Array }, limit: number): RankedPage {
  return { vendors, page, more: vendors > limit };
}
