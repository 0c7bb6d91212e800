import type { Interval } from './hours/week.ts';

/** Where the hours come from: the city's schedule, the permit's own text, or nowhere. */
export type HoursSource = 'schedule' | 'permit' | 'none';

/** When a branch is permitted to operate. It never says that the truck is there. */
export type BranchHours = {
  readonly source: HoursSource;
  /** The hours in the permits' notation (`Mo-Fr:11AM-2PM`), `null` when they are unknown. */
  readonly text: string | null;
  /** Canonical ({@link mergeWeek}); empty when the hours are unknown. */
  readonly week: readonly Interval[];
  /** False where the source was cut off: a time outside `week` is then unknown, not closed. */
  readonly complete: boolean;
};

/** One permitted place of a vendor. */
export type Branch = {
  /** The city's own id of the place; unique within a release. */
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** As the city writes it ("50 01ST ST"); `null` when it gives none. */
  readonly address: string | null;
  /** `truck`, `push_cart`, …: the city's kind in lower case with underscores, or `unknown`. */
  readonly facility: string;
  /** The permit's state in lower case (`approved`, `requested`, `expired`, …), judged at the data's own date. */
  readonly status: string;
  readonly permit: string | null;
  /** The city's page or document about the permit. */
  readonly permitUrl: string | null;
  /** Last day of the permit, `YYYY-MM-DD`. */
  readonly expires: string | null;
  /** The neighbourhood, when the city's polygons are known. */
  readonly area: string | null;
  readonly hours: BranchHours;
};

/** Who sells: all rows of one applicant. Items and categories are the union over the applicant's rows. */
export type Vendor = {
  /** Slug of the name and a short hash of its folded form; the same in every release. */
  readonly id: string;
  /** The trade name, as shown. */
  readonly name: string;
  /** Other names it is found by: the legal name before "dba", other spellings. */
  readonly otherNames: readonly string[];
  /** What it sells, one dish or drink an entry, as shown. */
  readonly items: readonly string[];
  /** Texts that are searched but are not dishes; words that the city glued together stand here taken apart. */
  readonly searchText: readonly string[];
  readonly categories: readonly string[];
  /** True when it is a "Cold Truck": pre-packed food and drinks. */
  readonly drinks: boolean;
  /** At least one. */
  readonly branches: readonly Branch[];
};

/** The number of branches of all the vendors. */
export function countBranches(vendors: readonly Vendor[]): number {
  return vendors.reduce((sum, { branches }) => sum + branches.length, 0);
}
