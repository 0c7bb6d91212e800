import type { SearchQuery } from '../../model/query.ts';
import { GEO_FLOOR, geoFactor, OFFSET_METRES } from '../../model/ranking.ts';
import type { Filters } from './filters.ts';
import type { Sections } from './format.ts';
import { CHORD_SLACK, chordOf, squareAbove } from './place.ts';
import { radixOrder } from './radix.ts';
import { Top } from './top.ts';

/** Branches that passed, ascending, and what their text is worth. */
export type Passed = { readonly ids: Uint32Array; readonly texts: Float64Array; readonly count: number };

/** The place behind which a page begins; `vendor` is the first vendor whose name and id are behind. */
export type After = { readonly score: number; readonly metres: number; readonly vendor: number };

/** Pages longer than this are put in order by radix first. */
const LONG_PAGE = 512;

/** Makes up for the rounding of a bound that is computed another way than a score. */
const ROUNDING = 1e-9;

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
    if (isNear) this.#measureSquares(passed, vendors, filters);
    // Which vendors are behind a cursor is known only when all are known exactly.
    if (isNear && sort === 'best') this.#score(passed, vendors, after ? found : limit, query, filters);
    if (isNear && after) this.#measure(passed, vendors, vendors, filters);
    const rest = after ? vendors.filter((vendor) => this.#isBehind(vendor, after, sort, isNear)) : vendors;
    if (limit === 0) return { page: rest.subarray(0, 0), more: rest.length > 0 };
    const chosen = limit < rest.length ? this.#choose(rest, limit, sort, isNear) : rest.slice();
    if (isNear && !after) this.#measure(passed, vendors, chosen, filters);
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
    const isAll = wanted >= vendors.length;
    const near = isAll ? Number.POSITIVE_INFINITY : -this.#nth(vendors, this.#nearness, wanted);
    for (let at = 0; at < count; at++) {
      if (filters.square(ids[at] as number) <= near) this.#scoreAt(passed, at, query, filters);
    }
    if (isAll) return;
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
  #choose(vendors: Uint32Array, limit: number, sort: SearchQuery['sort'], isNear: boolean): Uint32Array {
    if (!isNear) return this.#top.best(vendors, this.#scores, limit).slice();
    const values = sort === 'best' ? this.#scores : this.#nearness;
    const last = this.#nth(vendors, values, limit);
    const least = sort === 'best' ? last : -widened(-last);
    return vendors.filter((vendor) => (values[vendor] as number) >= least);
  }

  #order(vendors: Uint32Array, sort: SearchQuery['sort'], isNear: boolean): Uint32Array {
    const [scores, metres] = [this.#scores, this.#metres];
    if (sort === 'name') return vendors.sort();
    const compare = (a: number, b: number) =>
      (sort === 'best' ? (scores[b] as number) - (scores[a] as number) : 0) ||
      (isNear ? (metres[a] as number) - (metres[b] as number) : 0) ||
      a - b;
    if (vendors.length < LONG_PAGE) return vendors.sort(compare);
    let ordered = vendors.sort();
    if (isNear) ordered = radixOrder(ordered, (vendor) => bitsOf(metres[vendor] as number));
    if (sort === 'best') ordered = radixOrder(ordered, (vendor) => ~bitsOf(scores[vendor] as number));
    return mendOrder(ordered, compare);
  }
}

/** The square up to which another line may be the shorter one, both being rounded. */
function widened(square: number): number {
  return (Math.sqrt(square) + 2 * CHORD_SLACK) ** 2;
}

/** The square of the longest line at which a branch can still score `least`; less than 0 when none is short enough. */
function reachOf(own: number, least: number, scaleMetres: number): number {
  if (own < least) return -1;
  if (own * GEO_FLOOR >= least) return Number.POSITIVE_INFINITY;
  return squareAbove(chordOf(OFFSET_METRES + scaleMetres * Math.log2(own / least) + ROUNDING));
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of a number that is not negative, rounded to 32: they rise as it does. */
function bitsOf(value: number): number {
  float[0] = value;
  return bits[0] as number;
}

/** Sorts what is in order but for neighbours whose keys are the same when rounded. */
function mendOrder(items: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  for (let at = 1; at < items.length; at++) {
    const item = items[at] as number;
    let to = at;
    while (to > 0 && compare(items[to - 1] as number, item) > 0) items[to] = items[--to] as number;
    items[to] = item;
  }
  return items;
}
