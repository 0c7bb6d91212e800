import type { SearchQuery } from '../../../model/query.ts';
import { geoFactor, OFFSET_METRES } from '../../../model/ranking.ts';
import type { Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { type CellRanges, countInRanges, lowerBound } from '../geo/cell-ranges.ts';
import { growingRadii } from '../geo/nearest-neighbours.ts';
import { queryCellRanges } from '../geo/query-ranges.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
import type { BranchBuffers } from '../match/filter-loops.ts';
import type { Ranker } from './ranker.ts';
import { ROUNDING } from './score-bounds.ts';
import type { MatchedBranches } from './vendor-scores.ts';

/** A circle with more than this share of the branches is not searched: ranking all of them costs little more. */
const MAX_SHARE = 1 / 8;

/** The smallest circle for `best`: within {@link OFFSET_METRES} all distances count the same, so that no score excludes what is outside. */
const MIN_BEST_METRES = 2 * OFFSET_METRES;

/** What a circle search knows about all matches. */
export type AllMatches = {
  readonly vendors: number;
  readonly branches: number;
  /** No text score is higher. */
  readonly bestText: number;
};

/** Returns the matches in the ranges of a circle's query that are also in the circle, and the filters of the query; `null`: too many. */
export type CircleMatcher = (
  within: SearchQuery,
  ranges: CellRanges,
) => { readonly matched: MatchedBranches; readonly filters: BranchFilters } | null;

/**
 * Finds the first vendors by `distance` or `best` in growing circles around the origin, until no branch outside can be among them: farther away
 * than all of them, or with a lower score even if it had the best text score.
 */
export class CircleSearch {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  readonly #ranker: Ranker;
  readonly #copy: BranchBuffers;

  constructor(sections: Sections, metadata: IndexMetadata, ranker: Ranker) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#ranker = ranker;
    const size = Math.ceil(metadata.branches * MAX_SHARE);
    this.#copy = { ids: new Uint32Array(size), textScores: new Float64Array(size), squares: new Float64Array(size) };
  }

  /** The first vendors in order; `null` if the circles become too large. */
  search(query: SearchQuery, all: AllMatches, match: CircleMatcher): Uint32Array | null {
    const { mortonCodes } = this.#sections;
    const { bounds } = this.#metadata;
    const wanted = Math.min(query.limit, all.vendors);
    if (wanted === 0) return new Uint32Array(0);
    const least = query.sort === 'best' ? MIN_BEST_METRES : 0;
    for (const radiusMetres of growingRadii(wanted, bounds, all.branches, least)) {
      const within = { ...query, radiusMetres };
      const ranges = queryCellRanges(within, mortonCodes, bounds);
      if (ranges === null || countInRanges(ranges) > mortonCodes.length * MAX_SHARE) return null;
      const found = match(within, ranges);
      if (found === null) return null;
      const { vendors, page } = this.#ranker.rank(found.matched, { ...query, limit: wanted }, found.filters, null);
      if (vendors < wanted) continue;
      if (query.sort === 'distance') return page;
      const lowest = this.#ranker.scores[page[wanted - 1] as number] as number;
      if (lowest * (1 - ROUNDING) > all.bestText * geoFactor(radiusMetres, query.scaleMetres)) return page;
    }
    return null;
  }

  /** A copy of those of the matches that are in cell ranges; `null` if they are too many. */
  matchesIn({ ids, textScores, count }: MatchedBranches, ranges: CellRanges): MatchedBranches | null {
    const copy = this.#copy;
    const most = count * MAX_SHARE;
    let [copied, end] = [0, 0];
    for (let range = 0; range < ranges.length; range += 2) {
      const start = lowerBound(ids, ranges[range] as number, end, count);
      end = lowerBound(ids, ranges[range + 1] as number, start, count);
      if (copied + end - start > most) return null;
      copy.ids.set(ids.subarray(start, end), copied);
      copy.textScores.set(textScores.subarray(start, end), copied);
      copied += end - start;
    }
    return { ...copy, count: copied, areMeasured: false };
  }
}
