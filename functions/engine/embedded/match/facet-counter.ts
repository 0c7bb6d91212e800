import { byCodePoint } from '../../../model/comparators.ts';
import { OPEN_STATES } from '../../../model/hours/open-state.ts';
import type { FacetCount, FacetName, Facets } from '../../../model/query.ts';
import type { Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { ALL_FACET_GROUPS, type BranchFilters, FACET_GROUPS } from './branch-filters.ts';

/** Branches that pass the base filters, with the filter groups that each passes. */
export type GroupedBranches = { readonly ids: Uint32Array; readonly groups: Uint8Array; readonly count: number };

/** Counts the vendors of each value. Its arrays are reused from query to query. */
export class FacetCounter {
  readonly #sections: Sections;
  readonly #metadata: IndexMetadata;
  /** A linked list of each vendor's branches: the last one (counted from 1), and before each the previous one. */
  readonly #last: Uint32Array;
  readonly #previous: Uint32Array;
  readonly #states: Uint8Array;

  constructor(sections: Sections, metadata: IndexMetadata) {
    this.#sections = sections;
    this.#metadata = metadata;
    this.#last = new Uint32Array(metadata.vendors);
    this.#previous = new Uint32Array(metadata.branches);
    this.#states = new Uint8Array(metadata.branches);
  }

  /** @param vendors the vendors of the branches, each once */
  count(names: readonly FacetName[], grouped: GroupedBranches, vendors: Uint32Array, filters: BranchFilters): Facets {
    if (names.length === 0) return {};
    for (const vendor of vendors) this.#last[vendor] = 0;
    for (let at = 0; at < grouped.count; at++) {
      const vendor = this.#sections.branchVendor[grouped.ids[at] as number] as number;
      this.#previous[at] = this.#last[vendor] as number;
      this.#last[vendor] = at + 1;
    }
    return Object.fromEntries(names.map((name) => [name, this.#countOne(name, grouped, vendors, filters)]));
  }

  #countOne(name: FacetName, grouped: GroupedBranches, vendors: Uint32Array, filters: BranchFilters): FacetCount[] {
    const { branchFacility, branchArea } = this.#sections;
    const { categories, facilities, areas } = this.#metadata;
    switch (name) {
      case 'category':
        return sortedCounts(categories, this.#countCategories(grouped, vendors));
      case 'facility':
        return sortedCounts(facilities, this.#countValues(name, branchFacility, facilities.length, grouped, vendors));
      case 'area':
        return sortedCounts(areas, this.#countValues(name, branchArea, areas.length, grouped, vendors));
      case 'open': {
        const states = this.#states;
        for (let at = 0; at < grouped.count; at++) {
          const branch = grouped.ids[at] as number;
          states[branch] = filters.state(branch);
        }
        return sortedCounts(OPEN_STATES, this.#countValues(name, states, OPEN_STATES.length, grouped, vendors));
      }
    }
  }

  /** The number of vendors that have each value in a branch that passes every group except `name`. */
  #countValues(
    name: FacetName,
    column: Uint16Array | Uint8Array,
    values: number,
    { ids, groups }: GroupedBranches,
    vendors: Uint32Array,
  ): Uint32Array {
    const counts = new Uint32Array(values);
    const counted = new Uint32Array(values);
    const own = FACET_GROUPS[name];
    const previous = this.#previous;
    for (let number = 0; number < vendors.length; number++) {
      for (let at = this.#last[vendors[number] as number] as number; at > 0; at = previous[at - 1] as number) {
        if (((groups[at - 1] as number) | own) !== ALL_FACET_GROUPS) continue;
        const value = column[ids[at - 1] as number] as number;
        if (counted[value] === number + 1) continue;
        counted[value] = number + 1;
        counts[value] = (counts[value] as number) + 1;
      }
    }
    return counts;
  }

  /** {@link #countValues} for categories, which a vendor has for all its branches. */
  #countCategories({ groups }: GroupedBranches, vendors: Uint32Array): Uint32Array {
    const { vendorCategoryStarts, vendorCategories } = this.#sections;
    const counts = new Uint32Array(this.#metadata.categories.length);
    const counted = new Uint32Array(counts.length);
    for (let number = 0; number < vendors.length; number++) {
      const vendor = vendors[number] as number;
      let at = this.#last[vendor] as number;
      while (at > 0 && ((groups[at - 1] as number) | FACET_GROUPS.category) !== ALL_FACET_GROUPS)
        at = this.#previous[at - 1] as number;
      if (at === 0) continue;
      const end = vendorCategoryStarts[vendor + 1] as number;
      for (let one = vendorCategoryStarts[vendor] as number; one < end; one++) {
        const value = vendorCategories[one] as number;
        if (counted[value] === number + 1) continue;
        counted[value] = number + 1;
        counts[value] = (counts[value] as number) + 1;
      }
    }
    return counts;
  }
}

/** The values that have a vendor, in the order of a response. */
export function sortedCounts(values: readonly (string | null)[], counts: Uint32Array): FacetCount[] {
  return [...values]
    .flatMap((value, at) => (value === null || counts[at] === 0 ? [] : [{ value, count: counts[at] as number }]))
    .sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value));
}
