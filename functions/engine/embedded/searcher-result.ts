import type { Facets } from '../../model/query.ts';
import type { BranchFilters } from './match/branch-filters.ts';

/** The result of a search as numbers of the index; valid until the next search. */
export type SearcherResult = {
  readonly vendors: number;
  readonly branches: number;
  /** Vendors, in order. */
  readonly page: Uint32Array;
  readonly more: boolean;
  readonly facets: Facets;
  /** The text score of a branch; -1 if the branch does not match. */
  textScore(branch: number): number;
  readonly filters: BranchFilters;
};
