import type { SearchQuery } from '../../../model/query.ts';
import type { Sections } from '../file/index-format.ts';
import { FACET_GROUPS } from './branch-filters.ts';
import type { OpenStates } from './open-states.ts';
import type { ValueFilters } from './value-filters.ts';

/** The bits of a branch that fails a base filter. Those of the groups are in {@link FACET_GROUPS}. */
const STATUS = 16;
const HOURS_KNOWN = 32;

/** Vendors, ascending; of the list, the first `count`. */
export type VendorList = { readonly ids: Uint32Array; readonly count: number };

/** The numbers of vendors and branches found. */
export type Totals = { readonly vendors: number; readonly branches: number };

/**
 * Applies the filters that do not depend on a place to vendors. Reads the branches in the order of vendors, from columns in that order: the
 * branches of a vendor are next to each other and need not be collected. The loops have no unpredictable jumps, which would take
 * most of their time.
 */
export class VendorFilter {
  readonly #sections: Sections;
  readonly #all: VendorList;
  /** The vendors that the last query was about. */
  candidates: VendorList;
  /** The vendors found last, ascending. */
  readonly vendors: Uint32Array;
  /** By position in `vendorBranches`: the bits of the filters that the branch fails. Valid for candidates. */
  readonly failed: Uint8Array;
  /** By vendor: 1 if it passes the filter of categories. Valid for candidates. */
  readonly hasCategory: Uint8Array;

  constructor(sections: Sections) {
    this.#sections = sections;
    const count = sections.vendorStarts.length - 1;
    this.#all = { ids: new Uint32Array(count).map((_, vendor) => vendor), count };
    this.candidates = this.#all;
    this.vendors = new Uint32Array(count);
    this.failed = new Uint8Array(sections.vendorBranches.length);
    this.hasCategory = new Uint8Array(count);
  }

  /** @param some the vendors that match the text; `null`: all */
  filter(query: SearchQuery, values: ValueFilters, states: OpenStates, some: VendorList | null): Totals {
    this.candidates = some ?? this.#all;
    this.#findCategories(values.categories);
    return this.#filterBranches(query, values, states) ? this.#findFiltered() : this.#findWhole();
  }

  #findCategories(categories: Uint8Array | null): void {
    const has = this.hasCategory;
    const { ids, count } = this.candidates;
    if (categories === null) {
      for (let at = 0; at < count; at++) has[ids[at] as number] = 1;
      return;
    }
    const { vendorCategoryStarts, vendorCategories } = this.#sections;
    for (let at = 0; at < count; at++) {
      const vendor = ids[at] as number;
      const end = vendorCategoryStarts[vendor + 1] as number;
      let any = 0;
      for (let one = vendorCategoryStarts[vendor] as number; one < end; one++) {
        any |= categories[vendorCategories[one] as number] as number;
      }
      has[vendor] = any;
    }
  }

  /** Finds what each branch fails; returns whether there is any filter of branches. */
  #filterBranches({ time, hoursKnown }: SearchQuery, values: ValueFilters, states: OpenStates): boolean {
    const { statusByVendor, facilityByVendor, areaByVendor, hoursByVendor, hoursFlags } = this.#sections;
    const { statuses, facilities, areas } = values;
    this.#clear();
    if (statuses) this.#mark(statusByVendor, statuses, STATUS);
    if (facilities) this.#mark(facilityByVendor, facilities, FACET_GROUPS.facility);
    if (areas) this.#mark(areaByVendor, areas, FACET_GROUPS.area);
    if (hoursKnown) {
      const known = hoursFlags.map((flags) => (flags & 2 ? 0 : 1));
      this.#mark(hoursByVendor, known, HOURS_KNOWN);
    }
    if (time) this.#mark(hoursByVendor, states.passing(), FACET_GROUPS.open);
    return statuses !== null || facilities !== null || areas !== null || hoursKnown || time !== null;
  }

  #clear(): void {
    const { failed, candidates } = this;
    if (candidates === this.#all) {
      failed.fill(0);
      return;
    }
    const { vendorStarts } = this.#sections;
    for (let index = 0; index < candidates.count; index++) {
      const vendor = candidates.ids[index] as number;
      const end = vendorStarts[vendor + 1] as number;
      for (let at = vendorStarts[vendor] as number; at < end; at++) failed[at] = 0;
    }
  }

  /** Sets a bit for each branch whose value is not selected. */
  #mark(column: Uint16Array | Uint32Array, selected: Uint8Array, bit: number): void {
    // A loop: there are thousands of hours, and `map` calls a function for each.
    const bits = new Uint8Array(selected.length);
    for (let value = 0; value < bits.length; value++) bits[value] = ((selected[value] as number) ^ 1) * bit;
    const { failed, candidates } = this;
    if (candidates === this.#all) {
      markRange(failed, column, bits, 0, failed.length);
      return;
    }
    const { vendorStarts } = this.#sections;
    for (let at = 0; at < candidates.count; at++) {
      const vendor = candidates.ids[at] as number;
      markRange(failed, column, bits, vendorStarts[vendor] as number, vendorStarts[vendor + 1] as number);
    }
  }

  /** The candidates that have a category; all of their branches pass. */
  #findWhole(): Totals {
    const { vendorStarts } = this.#sections;
    const { vendors, hasCategory } = this;
    const { ids, count } = this.candidates;
    let found = 0;
    let branches = 0;
    for (let at = 0; at < count; at++) {
      const vendor = ids[at] as number;
      const passes = hasCategory[vendor] as number;
      // The next vendor overwrites one that does not pass.
      vendors[found] = vendor;
      found += passes;
      branches += ((vendorStarts[vendor + 1] as number) - (vendorStarts[vendor] as number)) & -passes;
    }
    return { vendors: found, branches };
  }

  #findFiltered(): Totals {
    const { vendorStarts } = this.#sections;
    const { vendors, failed, hasCategory } = this;
    const { ids, count } = this.candidates;
    let found = 0;
    let branches = 0;
    for (let at = 0; at < count; at++) {
      const vendor = ids[at] as number;
      const end = vendorStarts[vendor + 1] as number;
      let passing = 0;
      for (let one = vendorStarts[vendor] as number; one < end; one++) passing += isZero(failed[one] as number);
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

function markRange(
  failed: Uint8Array,
  column: Uint16Array | Uint32Array,
  bits: Uint8Array,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) failed[at] = (failed[at] as number) | (bits[column[at] as number] as number);
}
