import type { SearchQuery } from '../../../model/query.ts';
import { geoFactor, OFFSET_METRES } from '../../../model/ranking.ts';
import type { Steps } from '../../../model/time-slices.ts';
import type { Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { type CellRanges, countInRanges } from '../geo/cell-ranges.ts';
import { growingRadii } from '../geo/nearest-neighbours.ts';
import { queryCellRanges } from '../geo/query-ranges.ts';
import type { BranchFilters } from '../match/branch-filters.ts';
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

/** Returns the matches in the ranges of a circle's query that are also in the circle, and the filters of the query. */
export type CircleMatcher = (
  within: SearchQuery,
  ranges: CellRanges,
) => { readonly matched: MatchedBranches; readonly filters: BranchFilters };

/**
 * Finds the first vendors by `distance` or `best` in growing circles around the origin, until no branch outside can be among them: farther away
 * than all of them, or with a lower score even if it had the best text score.
 */
export class CircleSearch {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  readonly #ranker: Ranker;

  constructor(sections: Sections, metadata: IndexMetadata, ranker: Ranker) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#ranker = ranker;
  }

  /** The first vendors in order; `null` if the circles become too large. */
  *search(query: SearchQuery, all: AllMatches, match: CircleMatcher): Steps<Uint32Array | null> {
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
      const { vendors, page } = yield* this.#ranker.rank(
        found.matched,
        { ...query, limit: wanted },
        found.filters,
        null,
      );
      if (vendors < wanted) continue;
      if (query.sort === 'distance') return page;
      const lowest = this.#ranker.scores[page[wanted - 1] as number] as number;
      if (lowest * (1 - ROUNDING) > all.bestText * geoFactor(radiusMetres, query.scaleMetres)) return page;
    }
    return null;
  }
}
