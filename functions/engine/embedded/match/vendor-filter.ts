import type { FacetName, SearchQuery } from '../../../model/query.ts';
import type { Steps } from '../../../model/time-slices.ts';
import { bitmapWords, type Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { takeBits } from './bit-sliced-postings.ts';
import { FACET_GROUPS } from './branch-filters.ts';
import { CategoryVendors, countBranches, hasCategory, type NumberList } from './category-vendors.ts';
import { LONG_STEP } from './filter-loops.ts';
import type { OpenStates } from './open-states.ts';
import { distinctVendors, keepPositions, markFailed, type Totals } from './position-loops.ts';
import type { ValueFilters } from './value-filters.ts';

/** A filter of branches by a column in the order of vendors. */
type ColumnFilter = {
  readonly column: Uint16Array | Uint32Array;
  /** 1 for each value of the column that passes. */
  readonly selected: Uint8Array;
  /** `null`: a base filter. */
  readonly group: FacetName | null;
};

/**
 * Applies the filters that do not depend on a place to vendors. Reads the branches in the order of vendors, from columns in that order: the
 * branches of a vendor are next to each other and need not be collected. A *position* is that of a branch in this order. The loops have no
 * unpredictable jumps and no loops of one to five branches inside, whose ends are as unpredictable.
 */
export class VendorFilter {
  readonly #sections: Sections;
  readonly #statusTotals: readonly Totals[];
  readonly #categories: CategoryVendors;
  /** 0, 1, 2, …: all vendors, and all positions. */
  readonly all: Uint32Array;
  /** The vendors that the query is about; `null`: all. */
  #candidates: NumberList | null = null;
  #isExpanded = false;
  readonly #kept: Uint32Array;
  /** By branch: its position. Computed when first needed. */
  #positionOf = new Uint32Array(0);
  /** A bit for each position that was found; all 0 between calls. */
  readonly #found: Uint32Array;
  readonly #vendors: Uint32Array;
  /** By position: the number of its vendor. */
  readonly vendorAt: Uint32Array;
  /** The vendors found last, ascending. */
  vendors: Uint32Array;
  /** The first `count` pass the filters, except those of groups in `failed`. Valid after {@link expand}. */
  positions: Uint32Array;
  count = 0;
  /** By index in `positions`: the groups, of those that are counted, whose filter the branch fails. */
  readonly failed: Uint8Array;

  constructor(sections: Sections, { statusTotals }: IndexMetadata) {
    this.#statusTotals = statusTotals;
    const { vendorStarts, vendorBranches } = sections;
    const branches = vendorBranches.length;
    this.#sections = sections;
    this.#categories = new CategoryVendors(sections);
    this.all = new Uint32Array(branches);
    for (let at = 0; at < branches; at++) this.all[at] = at;
    this.vendorAt = new Uint32Array(branches);
    for (let vendor = 0; vendor + 1 < vendorStarts.length; vendor++) {
      this.vendorAt.fill(vendor, vendorStarts[vendor], vendorStarts[vendor + 1]);
    }
    this.#kept = new Uint32Array(branches + 1);
    this.#found = new Uint32Array(bitmapWords(branches));
    // The loops write one item after the last.
    this.#vendors = new Uint32Array(vendorStarts.length);
    this.vendors = this.all;
    this.positions = this.all;
    this.failed = new Uint8Array(branches);
  }

  /**
   * @param some the vendors that match the text; `null`: all
   * @param isListed whether `vendors` or `positions` are needed without facets
   */
  *filter(
    query: SearchQuery,
    values: ValueFilters,
    states: OpenStates,
    some: NumberList | null,
    isListed: boolean,
  ): Steps<Totals> {
    const { categories, statuses } = values;
    const isCategoryCounted = query.facets.includes('category');
    this.#candidates = categories && !isCategoryCounted ? this.#withCategory(some, categories) : some;
    this.#isExpanded = false;
    const filters = this.#columnFilters(query, values, states);
    const counted = isCategoryCounted ? categories : null;
    if (filters.length === 0 && counted === null) return this.#findWhole();
    const isAnyVendor = this.#candidates === null && query.facets.length === 0 && !isListed;
    if (isAnyVendor && statuses && filters.length === 1) {
      return this.#statusTotals[statuses.indexOf(1)] ?? { vendors: 0, branches: 0 };
    }
    this.expand();
    return yield* this.#filterPositions(filters, counted, query.facets);
  }

  /** Adds the first `count` branches to those that {@link filterCollected} filters. */
  collect(ids: Uint32Array, count: number): void {
    const positionOf = this.#positionsOfBranches();
    const found = this.#found;
    for (let at = 0; at < count; at++) {
      const position = positionOf[ids[at] as number] as number;
      found[position >>> 5] = (found[position >>> 5] as number) | (1 << (position & 31));
    }
  }

  /** Applies the filters to branches that were found by their place. */
  *filterCollected(query: SearchQuery, values: ValueFilters, states: OpenStates): Steps<void> {
    const found = this.#found;
    this.positions = this.#kept;
    this.count = takeBits(found, [0, found.length], this.#kept);
    this.#isExpanded = true;
    yield* this.#filterPositions(this.#columnFilters(query, values, states), values.categories, query.facets);
  }

  /** @param categories if they are not applied to the candidates */
  *#filterPositions(
    filters: readonly ColumnFilter[],
    categories: Uint8Array | null,
    facets: readonly FacetName[],
  ): Steps<Totals> {
    const isCounted = ({ group }: ColumnFilter) => group !== null && facets.includes(group);
    for (const filter of filters) {
      if (isCounted(filter)) continue;
      this.count = keepPositions(this, filter.column, filter.selected, this.#kept);
      this.positions = this.#kept;
      if (this.count > LONG_STEP) yield;
    }
    this.failed.fill(0, 0, this.count);
    if (this.count > LONG_STEP) yield;
    for (const filter of filters) {
      if (!filter.group || !isCounted(filter)) continue;
      markFailed(this, filter.column, filter.selected, FACET_GROUPS[filter.group]);
      if (this.count > LONG_STEP) yield;
    }
    if (categories) this.#markCategories(categories);
    if (this.count > LONG_STEP) yield;
    this.vendors = this.#vendors;
    return this.distinct(this.#vendors, 0);
  }

  #positionsOfBranches(): Uint32Array {
    if (this.#positionOf.length > 0) return this.#positionOf;
    const { vendorBranches } = this.#sections;
    const positionOf = new Uint32Array(vendorBranches.length);
    for (let at = 0; at < positionOf.length; at++) positionOf[vendorBranches[at] as number] = at;
    this.#positionOf = positionOf;
    return positionOf;
  }

  /** Writes the positions of the branches of the vendors found, if the query has no filter of branches. */
  expand(): void {
    if (this.#isExpanded) return;
    this.#isExpanded = true;
    const [kept, candidates] = [this.#kept, this.#candidates];
    this.positions = this.all;
    this.count = this.all.length;
    if (candidates) {
      const { vendorStarts } = this.#sections;
      let count = 0;
      for (let index = 0; index < candidates.count; index++) {
        const vendor = candidates.ids[index] as number;
        const end = vendorStarts[vendor + 1] as number;
        for (let at = vendorStarts[vendor] as number; at < end; at++) kept[count++] = at;
      }
      this.positions = kept;
      this.count = count;
    }
    this.failed.fill(0, 0, this.count);
  }

  /**
   * Writes the vendors that have a branch that passes all filters except those of some groups; returns how many, and how many branches pass.
   * @param ignored bits of {@link FACET_GROUPS}
   */
  distinct(vendors: Uint32Array, ignored: number): Totals {
    return distinctVendors(this, vendors, ignored);
  }

  #columnFilters({ time, hoursKnown }: SearchQuery, values: ValueFilters, states: OpenStates): ColumnFilter[] {
    const { statusByVendor, facilityByVendor, areaByVendor, hoursByVendor } = this.#sections;
    const { statuses, facilities, areas } = values;
    const all: [Uint16Array | Uint32Array, Uint8Array | null, FacetName | null][] = [
      [statusByVendor, statuses, null],
      [hoursByVendor, hoursKnown ? states.known() : null, null],
      [facilityByVendor, facilities, 'facility'],
      [areaByVendor, areas, 'area'],
      [hoursByVendor, time && states.passing(), 'open'],
    ];
    return all.flatMap(([column, selected, group]) => (selected ? [{ column, selected, group }] : []));
  }

  /** Those of some vendors that have any of the categories. */
  #withCategory(some: NumberList | null, categories: Uint8Array): NumberList {
    const known = some === null ? this.#categories.of(categories) : null;
    if (known) return known;
    const { ids: candidates, count: most } = some ?? { ids: this.all, count: this.#vendors.length - 1 };
    const ids = this.#vendors;
    let count = 0;
    for (let at = 0; at < most; at++) {
      const vendor = candidates[at] as number;
      ids[count] = vendor;
      count += hasCategory(this.#sections, vendor, categories);
    }
    return { ids, count };
  }

  #markCategories(categories: Uint8Array): void {
    const { failed, positions, count, vendorAt } = this;
    for (let at = 0; at < count; at++) {
      const passes = hasCategory(this.#sections, vendorAt[positions[at] as number] as number, categories);
      failed[at] = (failed[at] as number) | ((passes ^ 1) * FACET_GROUPS.category);
    }
  }

  /** All branches of the candidates pass. */
  #findWhole(): Totals {
    const candidates = this.#candidates;
    const { vendorStarts } = this.#sections;
    if (candidates === null) {
      this.vendors = this.all;
      return { vendors: vendorStarts.length - 1, branches: this.all.length };
    }
    const { ids, count, branches } = candidates;
    this.vendors = ids;
    return { vendors: count, branches: branches ?? countBranches(this.#sections, ids, count) };
  }
}
