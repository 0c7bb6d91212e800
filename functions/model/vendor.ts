import type { Interval } from './hours/week.ts';

/** The source of the hours: the city's schedule, the permit's own text, or none. */
export type HoursSource = 'schedule' | 'permit' | 'none';

/** When a branch is permitted to operate, which does not mean that the truck is there. */
export type BranchHours = {
  readonly source: HoursSource;
  /** The hours in the permits' notation (`Mo-Fr:11AM-2PM`); `null` if they are unknown. */
  readonly text: string | null;
  /** Canonical ({@link mergeWeek}); empty if the hours are unknown. */
  readonly week: readonly Interval[];
  /** False if the source was truncated: a time outside `week` is then unknown, not closed. */
  readonly complete: boolean;
};

/** One permitted place of a vendor. */
export type Branch = {
  /** The city's own id of the location; unique within a release. */
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** As the city writes it ("50 01ST ST"). */
  readonly address: string | null;
  /** Other texts of the city about the place, best first: where the truck is parked, between which streets. Often none. */
  readonly descriptions: readonly string[];
  /** The city's kind of facility in lower case with underscores (`truck`, `push_cart`, …), or `unknown`. */
  readonly facility: string;
  /** The permit's state in lower case (`approved`, `requested`, `expired`, …) as of the data's own date. */
  readonly status: string;
  readonly permit: string | null;
  /** The city's page or document about the permit. */
  readonly permitUrl: string | null;
  /** Last day of the permit, `YYYY-MM-DD`. */
  readonly expires: string | null;
  /** The neighbourhood; `null` if the city has no polygons or none contains the branch. */
  readonly area: string | null;
  readonly hours: BranchHours;
};

/** A seller: all rows of one applicant. Items and categories are the union over these rows. */
export type Vendor = {
  /** Slug of the name and a short hash of its folded form; stable across releases. */
  readonly id: string;
  /** The trade name, as displayed. */
  readonly name: string;
  /** Other names by which it can be found: the legal name before "dba", other spellings. */
  readonly otherNames: readonly string[];
  /** The dishes and drinks it sells, one per entry, as displayed; `pastItems` are the last of them. */
  readonly items: readonly string[];
  /** Those items that only permits without approval list, if the vendor has an approved one too. */
  readonly pastItems: readonly string[];
  /** Searchable texts that are not dishes, such as the separate words of compounds that the city wrote without a blank. */
  readonly searchText: readonly string[];
  readonly categories: readonly string[];
  /** True for a "Cold Truck", which sells pre-packed food and drinks. */
  readonly drinks: boolean;
  /** At least one. */
  readonly branches: readonly Branch[];
};

/** The number of branches of all vendors together. */
export function countBranches(vendors: Iterable<Vendor>): number {
  let count = 0;
  for (const { branches } of vendors) count += branches.length;
  return count;
}
