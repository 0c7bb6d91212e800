import type { Box, LatLon } from './geo.ts';
import { SCALE_METRES } from './ranking.ts';
import type { Branch, Vendor } from './vendor.ts';

export const SORTS = ['best', 'distance', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** What can be counted; each but `open` is also a filter of values of which one must be the branch's. */
export const FACETS = ['category', 'facility', 'area', 'open'] as const;
export type FacetName = (typeof FACETS)[number];

/** A question about time. */
export type TimeFilter = {
  /** Minutes for which it must still be open; 0: open at that minute is enough. */
  readonly forMinutes: number;
  /** Also branches of which nobody knows whether they are open then. */
  readonly unknownToo: boolean;
};

/** What is searched for; every field always there, so that no engine has a default of its own. */
export type SearchQuery = {
  /** All of its words must match; empty: every vendor. */
  readonly text: string;
  /** Words of the data within an edit or two of a query's word match too. */
  readonly typos: boolean;
  /** Where distances are measured from; already rounded ({@link roundOrigin}). */
  readonly origin: LatLon | null;
  /** A branch further from the origin is not an answer. Needs an origin. */
  readonly radiusMetres: number | null;
  readonly box: Box | null;
  /** A permit's state in lower case; `null` takes every state. */
  readonly status: string | null;
  /** Folded values ({@link valueKey}) of which the branch or its vendor has one; empty: no filter. */
  readonly category: readonly string[];
  readonly facility: readonly string[];
  readonly area: readonly string[];
  /** Only branches whose hours are known. */
  readonly hoursKnown: boolean;
  /** Minute of the week (0..10079) at which states are judged. */
  readonly minute: number;
  /** Whether states weigh in `best`: only when the caller asked about a time. */
  readonly timeAsked: boolean;
  /** Leaves out what is closed then; `null`: no filter. */
  readonly time: TimeFilter | null;
  /** `distance` needs an origin. */
  readonly sort: Sort;
  /** Metres at which an answer counts half. */
  readonly scaleMetres: number;
  /** Which counts are wanted. */
  readonly facets: readonly FacetName[];
  /** Most vendors to return; totals do not depend on it. */
  readonly limit: number;
  /** Only what stands behind this place in the order: the last of the page before. */
  readonly after: SortKey | null;
};

/** Every branch there is, vendors by name, as many as one page may hold. */
export const EVERYTHING: SearchQuery = {
  text: '',
  typos: false,
  origin: null,
  radiusMetres: null,
  box: null,
  status: null,
  category: [],
  facility: [],
  area: [],
  hoursKnown: false,
  minute: 0,
  timeAsked: false,
  time: null,
  sort: 'name',
  scaleMetres: SCALE_METRES,
  facets: [],
  limit: 10_000,
  after: null,
};

/** Where a vendor stands in the order of its query. Which parts decide is the sort's business. */
export type SortKey = {
  readonly score: number;
  /** Metres of the nearest branch that passed; 0 without an origin. */
  readonly distanceMetres: number;
  /** Folded name. */
  readonly name: string;
  readonly id: string;
};

/** A branch that passed the filters. */
export type BranchHit = {
  readonly branch: Branch;
  /** Metres from the origin, not rounded; `null` without an origin. */
  readonly distanceMetres: number | null;
};

/** A vendor with at least one branch that passed the filters. */
export type Hit = {
  readonly vendor: Vendor;
  /** Nearest first, then by id in code points. */
  readonly branches: readonly BranchHit[];
  /** Of its best branch, higher is better; comparable within one answer only. */
  readonly score: number;
  readonly key: SortKey;
};

/** How many vendors have a branch with this value that passes all filters but the group's own. */
export type FacetCount = { readonly value: string; readonly count: number };
export type Facets = { readonly [Name in FacetName]?: readonly FacetCount[] };

/** `vendors` and `branches` count everything that matched, whatever the limit and the page. */
export type SearchResult = {
  readonly vendors: number;
  readonly branches: number;
  readonly hits: readonly Hit[];
  /** More stands behind the last hit. */
  readonly more: boolean;
  /** The groups that were asked for; most frequent first, then by value in code points. */
  readonly facets: Facets;
};

/** What a caller who is typing may mean. */
export type SuggestQuery = { readonly text: string; readonly limit: number; readonly status: string | null };

export type Suggestion = {
  readonly type: 'food' | 'vendor' | 'area';
  readonly text: string;
  /** Vendors that a search for it would find. */
  readonly count: number;
};
