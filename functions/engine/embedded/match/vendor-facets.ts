import { byCodePoint } from '../../../model/comparators.ts';
import { OPEN_STATES } from '../../../model/hours/open-state.ts';
import type { FacetCount, FacetName, Facets } from '../../../model/query.ts';
import type { Steps } from '../../../model/time-slices.ts';
import type { Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { FACET_GROUPS } from './branch-filters.ts';
import { LONG_STEP } from './filter-loops.ts';
import type { OpenStates } from './open-states.ts';
import { isZero } from './position-loops.ts';
import type { VendorFilter } from './vendor-filter.ts';

/** Counts the vendors of each value in the order of vendors, after a {@link VendorFilter} has filtered them. */
export class VendorFacets {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  readonly #filter: VendorFilter;
  /** By position in `vendorBranches`: its open state. */
  readonly #states: Uint8Array;
  readonly #vendors: Uint32Array;

  constructor(sections: Sections, metadata: IndexMetadata, filter: VendorFilter) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#filter = filter;
    this.#states = new Uint8Array(sections.vendorBranches.length);
    this.#vendors = new Uint32Array(sections.vendorStarts.length);
  }

  *count(names: readonly FacetName[], states: OpenStates): Steps<Facets> {
    const facets: { [Name in FacetName]?: FacetCount[] } = {};
    for (const name of names) {
      this.#filter.expand();
      facets[name] = this.#countOne(name, states);
      if (this.#filter.count > LONG_STEP) yield;
    }
    return facets;
  }

  #countOne(name: FacetName, states: OpenStates): FacetCount[] {
    const { facilityByVendor, areaByVendor } = this.#sections;
    const { categories, facilities, areas } = this.#metadata;
    switch (name) {
      case 'category':
        return sortedCounts(categories, this.#countCategories(categories.length));
      case 'facility':
        return sortedCounts(facilities, this.#countValues(name, facilityByVendor, facilities.length));
      case 'area':
        return sortedCounts(areas, this.#countValues(name, areaByVendor, areas.length));
      case 'open':
        return sortedCounts(OPEN_STATES, this.#countValues(name, this.#statesOf(states.all()), OPEN_STATES.length));
    }
  }

  #statesOf(all: Uint8Array): Uint8Array {
    const { hoursByVendor } = this.#sections;
    const { positions, count } = this.#filter;
    const states = this.#states;
    for (let at = 0; at < count; at++) {
      const position = positions[at] as number;
      states[position] = all[hoursByVendor[position] as number] as number;
    }
    return states;
  }

  /** The number of vendors that have each value in a branch that passes every filter except the group's own. */
  #countValues(name: 'facility' | 'area' | 'open', column: Uint8Array | Uint16Array, values: number): Uint32Array {
    const { failed, positions, vendorAt, count } = this.#filter;
    // Branches that fail count for 0, and those that pass for their value's number plus 1, without a jump.
    const counts = new Uint32Array(values + 1);
    const lastVendor = new Uint32Array(values + 1);
    const others = ~FACET_GROUPS[name];
    for (let at = 0; at < count; at++) {
      const position = positions[at] as number;
      const number = (vendorAt[position] as number) + 1;
      const value = ((column[position] as number) + 1) & -isZero((failed[at] as number) & others);
      counts[value] = (counts[value] as number) + (isZero((lastVendor[value] as number) ^ number) ^ 1);
      lastVendor[value] = number;
    }
    return counts.subarray(1);
  }

  /** {@link #countValues} for categories, which a vendor has for all its branches. */
  #countCategories(values: number): Uint32Array {
    const { vendorCategoryStarts, vendorCategories } = this.#sections;
    const counts = new Uint32Array(values);
    const lastVendor = new Uint32Array(values);
    const { vendors } = this.#filter.distinct(this.#vendors, FACET_GROUPS.category);
    for (let index = 0; index < vendors; index++) {
      const number = (this.#vendors[index] as number) + 1;
      const end = vendorCategoryStarts[number] as number;
      for (let at = vendorCategoryStarts[number - 1] as number; at < end; at++) {
        const value = vendorCategories[at] as number;
        counts[value] = (counts[value] as number) + (isZero((lastVendor[value] as number) ^ number) ^ 1);
        lastVendor[value] = number;
      }
    }
    return counts;
  }
}

/** The values that have a vendor, in the order of a response. */
function sortedCounts(values: readonly (string | null)[], counts: Uint32Array): FacetCount[] {
  return [...values]
    .flatMap((value, at) => (value === null || counts[at] === 0 ? [] : [{ value, count: counts[at] as number }]))
    .sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value));
}
