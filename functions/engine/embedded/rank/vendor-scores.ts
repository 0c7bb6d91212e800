import type { SearchQuery } from '../../../model/query.ts';
import { GEO_FLOOR, geoFactor } from '../../../model/ranking.ts';
import type { Steps } from '../../../model/time-slices.ts';
import type { Sections } from '../file/index-format.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
import { type BranchBuffers, LONG_STEP } from '../match/filter-loops.ts';
import { ROUNDING, reachForScore, squareOfFloor, widenedSquare } from './score-bounds.ts';
import type { TopKHeap } from './top-k-heap.ts';

/** The first `count` branches passed the filters. */
export type MatchedBranches = BranchBuffers & {
  readonly count: number;
  /** Whether `squares` are those of the branches. */
  readonly areMeasured: boolean;
};

/**
 * Scores and distances of vendors. A vendor's values are valid only if the last search found the vendor; the arrays are reused from query
 * to query.
 */
export class VendorScores {
  readonly #branchVendor: Uint32Array;
  /** By vendor: the best score of its branches. */
  readonly scores: Float64Array;
  /** By vendor: the negative square of its nearest branch, so that the nearest vendor has the highest value. */
  readonly nearness: Float64Array;
  /** By vendor: the exact distance of its nearest branch. */
  readonly metres: Float64Array;
  readonly #heap: TopKHeap;

  constructor({ branchVendor }: Sections, vendors: number, heap: TopKHeap) {
    this.#branchVendor = branchVendor;
    this.#heap = heap;
    this.scores = new Float64Array(vendors);
    this.nearness = new Float64Array(vendors);
    this.metres = new Float64Array(vendors);
  }

  /** Scores without a distance: text score times open factor. */
  scoreByState({ ids, textScores, count }: MatchedBranches, vendors: Uint32Array, filters: BranchFilters): void {
    setAll(this.scores, vendors, 0);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      this.#offerScore(branch, (textScores[at] as number) * filters.openFactor(branch));
    }
  }

  /** The exact distance of every vendor, and under `best` its score. */
  *measureAll(
    { ids, textScores, count }: MatchedBranches,
    vendors: Uint32Array,
    query: SearchQuery,
    filters: BranchFilters,
  ): Steps<void> {
    const branchVendor = this.#branchVendor;
    const metres = this.metres;
    const isScored = query.sort === 'best';
    setAll(metres, vendors, Number.POSITIVE_INFINITY);
    if (isScored) setAll(this.scores, vendors, 0);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const own = filters.metres(branch);
      if (own < (metres[vendor] as number)) metres[vendor] = own;
      if (at % LONG_STEP === LONG_STEP - 1) yield;
      if (!isScored) continue;
      const geo = geoFactor(own, query.scaleMetres);
      this.#offerScore(branch, (textScores[at] as number) * geo * filters.openFactor(branch));
    }
  }

  /**
   * The scores of the vendors that may be among the best `limit`; all others get 0. The nearest vendors are scored first: a branch that
   * cannot reach the lowest of their scores needs no score.
   */
  *scoreBest(
    passed: MatchedBranches,
    vendors: Uint32Array,
    limit: number,
    query: SearchQuery,
    filters: BranchFilters,
  ): Steps<void> {
    const { ids, textScores, squares, count } = passed;
    if (!passed.areMeasured) filters.squares(ids, count, squares);
    if (count > LONG_STEP) yield;
    this.#findNearest(passed, vendors);
    if (count > LONG_STEP) yield;
    setAll(this.scores, vendors, 0);
    const near = -this.nthValue(vendors, this.nearness, limit);
    if (count > LONG_STEP) yield;
    for (let at = 0; at < count; at++) {
      if ((squares[at] as number) <= near) this.#scoreAt(passed, at, query, filters);
    }
    if (count > LONG_STEP) yield;
    const least = this.nthValue(vendors, this.scores, limit) * (1 - ROUNDING);
    if (count > LONG_STEP) yield;
    // Beyond, the distance factor is exactly the floor, so that no distance is needed: from another town, every branch is beyond.
    const floor = squareOfFloor(query.scaleMetres);
    let factor = Number.NaN;
    let reach = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const own = (textScores[at] as number) * filters.openFactor(branch);
      if (own !== factor) {
        factor = own;
        reach = reachForScore(own, least, query.scaleMetres);
      }
      const square = squares[at] as number;
      if (at % LONG_STEP === LONG_STEP - 1) yield;
      if (square <= near || square > reach) continue;
      if (square > floor) this.#offerScore(branch, own * GEO_FLOOR);
      else this.#scoreAt(passed, at, query, filters);
    }
  }

  /** The exact distance of each chosen vendor. Needs {@link scoreBest} before it. */
  measureChosen(
    { ids, squares, count }: MatchedBranches,
    vendors: Uint32Array,
    chosen: Uint32Array,
    filters: BranchFilters,
  ): void {
    const branchVendor = this.#branchVendor;
    const metres = this.metres;
    const nearness = this.nearness;
    // -1 marks the vendors that were not chosen.
    setAll(metres, vendors, -1);
    setAll(metres, chosen, Number.POSITIVE_INFINITY);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const known = metres[vendor] as number;
      if (known === -1 || (squares[at] as number) > widenedSquare(-(nearness[vendor] as number))) continue;
      const own = filters.metres(branch);
      if (own < known) metres[vendor] = own;
    }
  }

  /** The `place`-th highest value of the vendors; the highest if `place` is below 1, the lowest if there are fewer vendors. */
  nthValue(vendors: Uint32Array, values: Float64Array, place: number): number {
    return values[this.#heap.best(vendors, values, Math.max(1, place))[0] as number] as number;
  }

  #findNearest({ ids, squares, count }: MatchedBranches, vendors: Uint32Array): void {
    const branchVendor = this.#branchVendor;
    const nearness = this.nearness;
    setAll(nearness, vendors, Number.NEGATIVE_INFINITY);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const vendor = branchVendor[branch] as number;
      const near = -(squares[at] as number);
      if (near > (nearness[vendor] as number)) nearness[vendor] = near;
    }
  }

  #scoreAt({ ids, textScores }: MatchedBranches, at: number, { scaleMetres }: SearchQuery, filters: BranchFilters) {
    const branch = ids[at] as number;
    const geo = geoFactor(filters.metres(branch), scaleMetres);
    this.#offerScore(branch, (textScores[at] as number) * geo * filters.openFactor(branch));
  }

  #offerScore(branch: number, score: number): void {
    const vendor = this.#branchVendor[branch] as number;
    if (score > (this.scores[vendor] as number)) this.scores[vendor] = score;
  }
}

/** Sets the values of some vendors. */
export function setAll(values: Float64Array, vendors: Uint32Array, value: number): void {
  for (let at = 0; at < vendors.length; at++) values[vendors[at] as number] = value;
}
