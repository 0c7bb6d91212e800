import type { SearchQuery } from '../../../model/query.ts';
import type { Sections } from '../file/index-format.ts';
import { FACET_GROUPS } from './branch-filters.ts';
import type { OpenStates } from './open-states.ts';
import type { ValueFilters } from './value-filters.ts';

/** The bits of a branch that fails a base filter. Those of the groups are in {@link FACET_GROUPS}. */
const STATUS = 16;
const HOURS_KNOWN = 32;

/**
 * Applies the filters that do not depend on a place to all vendors. Reads the branches in the order of vendors, from columns in that order:
 * the branches of a vendor are next to each other and need not be collected. The loops have no unpredictable jumps, which would take
 * most of their time.
 */
export class VendorFilter {
  readonly #sections: Sections;
  /** The vendors found last, ascending. */
  readonly vendors: Uint32Array;
  /** By position in `vendorBranches`: the bits of the filters that the branch fails. */
  readonly failed: Uint8Array;
  /** By vendor: 1 if it passes the filter of categories. */
  readonly hasCategory: Uint8Array;

  constructor(sections: Sections) {
    this.#sections = sections;
    const vendors = sections.vendorStarts.length - 1;
    this.vendors = new Uint32Array(vendors);
    this.failed = new Uint8Array(sections.vendorBranches.length);
    this.hasCategory = new Uint8Array(vendors);
  }

  /** Returns the number of vendors and branches found. */
  filter(query: SearchQuery, values: ValueFilters, states: OpenStates): { vendors: number; branches: number } {
    this.#findCategories(values.categories);
    return this.#filterBranches(query, values, states) ? this.#findFiltered() : this.#findWhole();
  }

  #findCategories(categories: Uint8Array | null): void {
    const has = this.hasCategory;
    if (categories === null) {
      has.fill(1);
      return;
    }
    const { vendorCategoryStarts, vendorCategories } = this.#sections;
    let at = 0;
    for (let vendor = 0; vendor < has.length; vendor++) {
      const end = vendorCategoryStarts[vendor + 1] as number;
      let any = 0;
      for (; at < end; at++) any |= categories[vendorCategories[at] as number] as number;
      has[vendor] = any;
    }
  }

  /** Finds what each branch fails; returns whether there is any filter of branches. */
  #filterBranches({ time, hoursKnown }: SearchQuery, values: ValueFilters, states: OpenStates): boolean {
    const { statusByVendor, facilityByVendor, areaByVendor, hoursByVendor, hoursFlags } = this.#sections;
    const { statuses, facilities, areas } = values;
    const failed = this.failed.fill(0);
    if (statuses) mark(failed, statusByVendor, statuses, STATUS);
    if (facilities) mark(failed, facilityByVendor, facilities, FACET_GROUPS.facility);
    if (areas) mark(failed, areaByVendor, areas, FACET_GROUPS.area);
    if (hoursKnown) {
      const known = hoursFlags.map((flags) => (flags & 2 ? 0 : 1));
      mark(failed, hoursByVendor, known, HOURS_KNOWN);
    }
    if (time) mark(failed, hoursByVendor, states.passing(), FACET_GROUPS.open);
    return statuses !== null || facilities !== null || areas !== null || hoursKnown || time !== null;
  }

  /** The vendors that have a category; all of their branches pass. */
  #findWhole(): { vendors: number; branches: number } {
    const { vendorStarts } = this.#sections;
    const { vendors, hasCategory } = this;
    let found = 0;
    let branches = 0;
    let start = 0;
    for (let vendor = 0; vendor < vendors.length; vendor++) {
      const end = vendorStarts[vendor + 1] as number;
      const passes = hasCategory[vendor] as number;
      // The next vendor overwrites one that does not pass.
      vendors[found] = vendor;
      found += passes;
      branches += (end - start) & -passes;
      start = end;
    }
    return { vendors: found, branches };
  }

  #findFiltered(): { vendors: number; branches: number } {
    const { vendorStarts } = this.#sections;
    const { vendors, failed, hasCategory } = this;
    let found = 0;
    let branches = 0;
    let at = 0;
    for (let vendor = 0; vendor < vendors.length; vendor++) {
      const end = vendorStarts[vendor + 1] as number;
      let passing = 0;
      for (; at < end; at++) passing += isZero(failed[at] as number);
      passing &= -(hasCategory[vendor] as number);
      vendors[found] = vendor;
      found += isZero(passing) ^ 1;
      branches += passing;
    }
    return { vendors: found, branches };
  }
}

/** 1 for 0 and 0 for a positive number, without a jump. */
export function isZero(value: number): number {
  return (value - 1) >>> 31;
}

/** Sets a bit for each branch whose value is not selected. */
function mark(failed: Uint8Array, column: Uint16Array | Uint32Array, selected: Uint8Array, bit: number): void {
  const bits = selected.map((one) => (one === 1 ? 0 : bit));
  for (let at = 0; at < failed.length; at++) {
    failed[at] = (failed[at] as number) | (bits[column[at] as number] as number);
  }
}
