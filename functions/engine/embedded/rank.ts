import type { SearchQuery } from '../../model/query.ts';
import { geoFactor } from '../../model/ranking.ts';
import { bitsOf, mendOrder, ROUNDING, reachOf, widened } from './bounds.ts';
import type { Filters } from './filters.ts';
import type { Sections } from './format.ts';
import { radixOrder } from './radix.ts';
import { Top } from './top.ts';

/** Branches that passed, ascending, and what their text is worth. */
export type Passed = { readonly ids: Uint32Array; readonly texts: Float64Array; readonly count: number };

/** The place behind which a page begins; `vendor` is the first vendor whose name and id are behind. */
export type After = { readonly score: number; readonly metres: number; readonly vendor: number };

/** Pages longer than this are put in order by radix first. */
const LONG_PAGE = 512;

/**
 * Puts the vendors of branches in order. What decides is exact, and computed only for vendors that may be on the page; the rest
 * is left out by the squares of straight lines, which cost a tenth of a distance.
 */
export class Ranker {
  readonly #branchVendor: Uint32Array;
  /** By vendor: the search in which it was seen last, and what was found of it then. */
  readonly #seen: Uint32Array;
  readonly #scores: Float64Array;
  /** Squares below zero: the nearest is the highest. */
  readonly #nearness: Float64Array;
  readonly #metres: Float64Array;
  readonly #top = new Top();
  /** Vendors that were seen in this search. */
  readonly vendors: Uint32Array;
  #search = 0;

  constructor({ branchVendor }: Sections, vendors: number) {
    this.#branchVendor = branchVendor;
    this.#seen = new Uint32Array(vendors);
    this.#scores = new Float64Array(vendors);
    this.#nearness = new Float64Array(vendors);
    this.#metres = new Float64Array(vendors);
    this.vendors = new Uint32Array(vendors);
  }

  /** Collects the vendors of branches into `vendors`, in the order in which they are met; returns how many. */
  collect({ ids, texts, count }: Passed): number {
    const { vendors } = this;
    const branchVendor = this.#branchVendor;
    const scores = this.#scores;
    const seen = this.#seen;
    this.#search = (this.#search + 1) >>> 0;
    const search = this.#search;
    let found = 0;
    for (let at = 0; at < count; at++) {
      const vendor = branchVendor[ids[at] as number] as number;
      const text = texts[at] as number;
      if (seen[vendor] !== search) {
        seen[vendor] = search;
        vendors[found++] = vendor;
        scores[vendor] = text;
      } else if (text > (scores[vendor] as number)) scores[vendor] = text;
    }
    return found;
  }

  /** The page of the vendors that {@link collect} found among the same branches, in order, and whether more stand behind it. */
  page(passed: Passed, found: number, query: SearchQuery, filters: Filters, after: After | null) {
    const { limit } = query;
    const isNear = query.origin !== null && query.sort !== 'name';
    const sort = query.sort === 'distance' && !isNear ? 'name' : query.sort;
    const vendors = this.vendors.subarray(0, found);
    if (sort === 'name') this.#forget(this.#scores, vendors, 0);
    if (sort === 'best' && !isNear && query.timeAsked) this.#scoreStates(passed, vendors, filters);
    // Which vendors are behind a cursor is known only when all are known exactly.
    const isExact = after !== null || limit >= found;
    if (isNear && isExact) this.#measureAll(passed, vendors, query, filters);
    if (isNear && !isExact) this.#measureSquares(passed, vendors, filters);
    if (isNear && !isExact && sort === 'best') this.#score(passed, vendors, limit, query, filters);
    const rest = after ? vendors.filter((vendor) => this.#isBehind(vendor, after, sort, isNear)) : vendors;
    if (limit === 0) return { page: rest.subarray(0, 0), more: rest.length > 0 };
    const chosen = limit < rest.length ? this.#choose(rest, limit, sort, isNear, isExact) : rest.slice();
    if (isNear && !isExact) this.#measure(passed, vendors, chosen, filters);
    return { page: this.#order(chosen, sort, isNear).subarray(0, limit), more: rest.length > limit };
  }

  #forget(values: Float64Array, vendors: Uint32Array, value: number): void {
    for (let at = 0; at < vendors.length; at++) values[vendors[at] as number] = value;
  }

  #scoreStates({ ids, texts, count }: Passed, vendors: Uint32Array, filters: Filters): void {
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
  #measureSquares({ ids, count }: Passed, vendors: Uint32Array, filters: Filters): void {
    const branchVendor = this.#branchVendor;
    const nearness = this.#nearness;
    this.#forget(nearness, vendors, Number.NEGATIVE_INFINITY);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const near = -filters.square(branch);
      if (near > (nearness[vendor] as number)) nearness[vendor] = near;
    }
  }

  /**
   * The scores of the vendors that may be among the best `wanted`; the others keep 0. The nearest ones are scored first: what is surely
   * worth less than all of them needs no score.
   */
  #score(passed: Passed, vendors: Uint32Array, wanted: number, query: SearchQuery, filters: Filters): void {
    const { ids, texts, count } = passed;
    this.#forget(this.#scores, vendors, 0);
    const near = -this.#nth(vendors, this.#nearness, wanted);
    for (let at = 0; at < count; at++) {
      if (filters.square(ids[at] as number) <= near) this.#scoreAt(passed, at, query, filters);
    }
    const least = this.#nth(vendors, this.#scores, wanted) * (1 - ROUNDING);
    let factor = Number.NaN;
    let reach = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const own = (texts[at] as number) * filters.openFactor(branch);
      if (own !== factor) {
        factor = own;
        reach = reachOf(own, least, query.scaleMetres);
      }
      const square = filters.square(branch);
      if (square > near && square <= reach) this.#scoreAt(passed, at, query, filters);
    }
  }

  /** The distance of every vendor's nearest branch, and its score. */
  #measureAll({ ids, texts, count }: Passed, vendors: Uint32Array, query: SearchQuery, filters: Filters): void {
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

  #scoreAt({ ids, texts }: Passed, at: number, { scaleMetres }: SearchQuery, filters: Filters): void {
    const branch = ids[at] as number;
    const geo = geoFactor(filters.metres(branch), scaleMetres);
    this.#offerScore(branch, (texts[at] as number) * geo * filters.openFactor(branch));
  }

  /** The value of the vendor at a place (1: the highest) when all are put in order by it. */
  #nth(vendors: Uint32Array, values: Float64Array, place: number): number {
    return values[this.#top.best(vendors, values, Math.max(1, place))[0] as number] as number;
  }

  /** The distance of the nearest branch of each of the chosen vendors. */
  #measure({ ids, count }: Passed, vendors: Uint32Array, chosen: Uint32Array, filters: Filters): void {
    const branchVendor = this.#branchVendor;
    const metres = this.#metres;
    const nearness = this.#nearness;
    // -1 marks the vendors that were not chosen.
    this.#forget(metres, vendors, -1);
    this.#forget(metres, chosen, Number.POSITIVE_INFINITY);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const known = metres[vendor] as number;
      if (known === -1 || filters.square(branch) > widened(-(nearness[vendor] as number))) continue;
      const own = filters.metres(branch);
      if (own < known) metres[vendor] = own;
    }
  }

  #isBehind(vendor: number, after: After, sort: SearchQuery['sort'], isNear: boolean): boolean {
    const score = this.#scores[vendor] as number;
    if (sort === 'best' && score !== after.score) return score < after.score;
    const metres = isNear ? (this.#metres[vendor] as number) : 0;
    if (sort !== 'name' && metres !== after.metres) return metres > after.metres;
    return vendor >= after.vendor;
  }

  /** The `limit` vendors that come first, and what may come before them. */
  #choose(
    vendors: Uint32Array,
    limit: number,
    sort: SearchQuery['sort'],
    isNear: boolean,
    isExact: boolean,
  ): Uint32Array {
    if (!isNear) return this.#top.best(vendors, this.#scores, limit).slice();
    const values = sort === 'best' ? this.#scores : this.#nearness;
    if (isExact && sort !== 'best') {
      for (const vendor of vendors) values[vendor] = -(this.#metres[vendor] as number);
    }
    const last = this.#nth(vendors, values, limit);
    const least = isExact || sort === 'best' ? last : -widened(-last);
    return vendors.filter((vendor) => (values[vendor] as number) >= least);
  }

  #order(vendors: Uint32Array, sort: SearchQuery['sort'], isNear: boolean): Uint32Array {
    const [scores, metres] = [this.#scores, this.#metres];
    const compare = (a: number, b: number) =>
      (sort === 'best' ? (scores[b] as number) - (scores[a] as number) : 0) ||
      (isNear ? (metres[a] as number) - (metres[b] as number) : 0) ||
      a - b;
    if (vendors.length < LONG_PAGE) return sort === 'name' ? vendors.sort() : vendors.sort(compare);
    let ordered = radixOrder(vendors, (vendor) => vendor);
    if (sort === 'name') return ordered;
    if (isNear) ordered = radixOrder(ordered, (vendor) => bitsOf(metres[vendor] as number));
    if (sort === 'best') ordered = radixOrder(ordered, (vendor) => ~bitsOf(scores[vendor] as number));
    return mendOrder(ordered, compare);
  }
}
