import type { Box, LatLon } from './geo.ts';
import type { OpenSpan } from './hours/open-state.ts';
import { SCALE_METRES } from './ranking.ts';
import type { Branch, Vendor } from './vendor.ts';

export const SORTS = ['best', 'distance', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** The groups of filters whose values can be counted. Each except `open` is also a list of values, one of which must match. */
export const FACETS = ['category', 'facility', 'area', 'open'] as const;
export type FacetName = (typeof FACETS)[number];

/** Keeps the branches that are open at {@link SearchQuery.minute}. */
export type TimeFilter = OpenSpan & {
  /** Also keeps branches whose hours are unknown at that time. */
  readonly unknownToo: boolean;
};

/** A search. Every field is required, so no engine has defaults of its own. */
export type SearchQuery = {
  /** The question ({@link parseQuery}); an empty text matches every vendor. */
  readonly text: string;
  /** Turns optional words and intents of the text off: each word is required. */
  readonly strict: boolean;
  /** Words and phrases that a vendor must not have, besides those that the text excludes. */
  readonly exclude: readonly string[];
  /** Also matches words of the data within one or two edits of a query word. */
  readonly typos: boolean;
  /** Required clauses of the text that a branch may lack; relaxation raises it. */
  readonly mayLack: number;
  /** The place from which distances are measured; already rounded ({@link roundOrigin}). */
  readonly origin: LatLon | null;
  /** Keeps the branches at most this far from the origin. Needs an origin: without one, nothing matches. */
  readonly radiusMetres: number | null;
  readonly box: Box | null;
  /** A permit's state in lower case; `null` for any state. */
  readonly status: string | null;
  /** Value keys ({@link valueKey}), one of which the branch or its vendor must have; empty: no filter. */
  readonly category: readonly string[];
  readonly facility: readonly string[];
  readonly area: readonly string[];
  /** Keeps only branches whose hours are known. */
  readonly hoursKnown: boolean;
  /** Minute of the week (0..10079) at which branches are open or closed. */
  readonly minute: number;
  /** Whether open states affect the scores; true only if the caller asked about a time. */
  readonly timeAsked: boolean;
  /** `null`: no filter. */
  readonly time: TimeFilter | null;
  /** `distance` needs an origin. */
  readonly sort: Sort;
  /** Metres beyond {@link OFFSET_METRES} at which a score is halved. */
  readonly scaleMetres: number;
  /** The groups to count. */
  readonly facets: readonly FacetName[];
  /** Maximum number of vendors to return; totals do not depend on it. */
  readonly limit: number;
  /** The last vendor of the previous page: only vendors after it are returned. */
  readonly after: SortKey | null;
};

/** Matches every branch; vendors by name, in the largest page. */
export const EVERYTHING: SearchQuery = {
  text: '',
  strict: false,
  exclude: [],
  typos: false,
  mayLack: 0,
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

/** A vendor's position in the order of its query. The sort decides which of these fields count. */
export type SortKey = {
  readonly score: number;
  /** Distance of the nearest matching branch; 0 without an origin. */
  readonly distanceMetres: number;
  /** Folded name. */
  readonly name: string;
  readonly id: string;
};

/** A branch that matches the query. */
export type BranchHit = {
  readonly branch: Branch;
  /** Metres from the origin, not rounded; `null` without an origin. */
  readonly distanceMetres: number | null;
};

/** A vendor with at least one branch that matches the query. */
export type Hit = {
  readonly vendor: Vendor;
  /** Nearest first, then by id in code point order. */
  readonly branches: readonly BranchHit[];
  /** The score of its best branch. Higher is better; comparable within one result only. */
  readonly score: number;
  readonly key: SortKey;
};

/** The number of vendors that have a branch with this value that passes every filter except the group's own. */
export type FacetCount = { readonly value: string; readonly count: number };
export type Facets = { readonly [Name in FacetName]?: readonly FacetCount[] };

/** `vendors` and `branches` count all matches, whatever the limit and the page. */
export type SearchResult = {
  readonly vendors: number;
  readonly branches: number;
  readonly hits: readonly Hit[];
  /** Whether more vendors follow the last hit. */
  readonly more: boolean;
  /** The requested groups; most frequent value first, then by code point. */
  readonly facets: Facets;
};

/** Asks for completions of a text that is being typed. */
export type SuggestQuery = { readonly text: string; readonly limit: number; readonly status: string | null };

export type Suggestion = {
  readonly type: 'food' | 'vendor' | 'area';
  readonly text: string;
  /** The number of vendors that have it. */
  readonly count: number;
};
