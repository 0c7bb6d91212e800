import { OPEN_STATES } from '../../../model/hours/open-state.ts';
import type { FacetCount, FacetName, Facets } from '../../../model/query.ts';
import type { Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { FACET_GROUPS } from './branch-filters.ts';
import { sortedCounts } from './facet-counter.ts';
import type { OpenStates } from './open-states.ts';
import { isZero, type VendorFilter } from './vendor-filter.ts';

/** Counts the vendors of each value in the order of vendors, after a {@link VendorFilter} has filtered them. */
export class VendorFacets {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  readonly #filter: VendorFilter;
  /** By position in `vendorBranches`: its open state. */
  readonly #states: Uint8Array;

  constructor(sections: Sections, metadata: IndexMetadata, filter: VendorFilter) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#filter = filter;
    this.#states = new Uint8Array(sections.vendorBranches.length);
  }

  count(names: readonly FacetName[], states: OpenStates): Facets {
    return Object.fromEntries(names.map((name) => [name, this.#countOne(name, states)]));
  }

  #countOne(name: FacetName, states: OpenStates): FacetCount[] {
    const { facilityByVendor, areaByVendor, hoursByVendor } = this.#sections;
    const { categories, facilities, areas } = this.#metadata;
    switch (name) {
      case 'category':
        return sortedCounts(categories, this.#countCategories(categories.length));
      case 'facility':
        return sortedCounts(facilities, this.#countValues(name, facilityByVendor, facilities.length));
      case 'area':
        return sortedCounts(areas, this.#countValues(name, areaByVendor, areas.length));
      case 'open': {
        const all = states.all();
        const column = this.#states;
        for (let at = 0; at < column.length; at++) column[at] = all[hoursByVendor[at] as number] as number;
        return sortedCounts(OPEN_STATES, this.#countValues(name, column, OPEN_STATES.length));
      }
    }
  }

  /** The number of vendors that have each value in a branch that passes every filter except the group's own. */
  #countValues(name: 'facility' | 'area' | 'open', column: Uint8Array | Uint16Array, values: number): Uint32Array {
    const { vendorStarts } = this.#sections;
    const { failed, hasCategory, candidates } = this.#filter;
    // Branches that fail count for 0, and those that pass for their value's number plus 1, without a jump.
    const counts = new Uint32Array(values + 1);
    const lastVendor = new Uint32Array(values + 1);
    const others = ~FACET_GROUPS[name];
    for (let one = 0; one < candidates.count; one++) {
      const vendor = candidates.ids[one] as number;
      const number = vendor + 1;
      const end = vendorStarts[number] as number;
      const passes = hasCategory[vendor] as number;
      for (let at = vendorStarts[vendor] as number; at < end; at++) {
        const value = ((column[at] as number) + 1) & -(isZero((failed[at] as number) & others) & passes);
        counts[value] = (counts[value] as number) + (isZero((lastVendor[value] as number) ^ number) ^ 1);
        lastVendor[value] = number;
      }
    }
    return counts.subarray(1);
  }

  /** {@link #countValues} for categories, which a vendor has for all its branches. */
  #countCategories(values: number): Uint32Array {
    const { vendorStarts, vendorCategoryStarts, vendorCategories } = this.#sections;
    const { failed, candidates } = this.#filter;
    const counts = new Uint32Array(values);
    const lastVendor = new Uint32Array(values);
    for (let index = 0; index < candidates.count; index++) {
      const vendor = candidates.ids[index] as number;
      const number = vendor + 1;
      const end = vendorStarts[number] as number;
      let at = vendorStarts[vendor] as number;
      while (at < end && failed[at] !== 0) at++;
      if (at === end) continue;
      const last = vendorCategoryStarts[number] as number;
      for (let one = vendorCategoryStarts[vendor] as number; one < last; one++) {
        const value = vendorCategories[one] as number;
        counts[value] = (counts[value] as number) + (isZero((lastVendor[value] as number) ^ number) ^ 1);
        lastVendor[value] = number;
      }
    }
    return counts;
  }
}
