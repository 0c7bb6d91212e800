import type { Sections } from '../file/index-format.ts';

/** Vendors or branches, ascending: the first `count` of the list. */
export type NumberList = { readonly ids: Uint32Array; readonly count: number };

/** 1 if a vendor has any of some categories, otherwise 0. @param selected 1 for each of these, by number */
export function hasCategory(
  { vendorCategoryStarts, vendorCategories }: Sections,
  vendor: number,
  selected: Uint8Array,
): number {
  const end = vendorCategoryStarts[vendor + 1] as number;
  let any = 0;
  for (let at = vendorCategoryStarts[vendor] as number; at < end; at++) {
    any |= selected[vendorCategories[at] as number] as number;
  }
  return any;
}

/** The vendors of each category. The file has the categories of each vendor; the lists are computed when one is first needed. */
export class CategoryVendors {
  readonly #sections: Sections;
  readonly #vendors: number;
  #lists: readonly Uint32Array[] | null = null;

  constructor(sections: Sections) {
    this.#sections = sections;
    this.#vendors = sections.vendorStarts.length - 1;
  }

  /** The vendors that have any of some categories. @param selected 1 for each of these, by number */
  of(selected: Uint8Array): NumberList {
    this.#lists ??= this.#computeLists(selected.length);
    const lists = this.#lists.filter((_, category) => selected[category] === 1);
    const [only] = lists;
    if (only && lists.length === 1) return { ids: only, count: only.length };
    const has = new Uint8Array(this.#vendors);
    for (const list of lists) for (let at = 0; at < list.length; at++) has[list[at] as number] = 1;
    const ids = new Uint32Array(this.#vendors + 1);
    let count = 0;
    for (let vendor = 0; vendor < has.length; vendor++) {
      ids[count] = vendor;
      count += has[vendor] as number;
    }
    return { ids, count };
  }

  #computeLists(categories: number): Uint32Array[] {
    const { vendorCategoryStarts, vendorCategories } = this.#sections;
    const sizes = new Uint32Array(categories);
    for (let at = 0; at < vendorCategories.length; at++) {
      const category = vendorCategories[at] as number;
      sizes[category] = (sizes[category] as number) + 1;
    }
    const lists = Array.from(sizes, (size) => new Uint32Array(size));
    sizes.fill(0);
    for (let vendor = 0; vendor < this.#vendors; vendor++) {
      const end = vendorCategoryStarts[vendor + 1] as number;
      for (let at = vendorCategoryStarts[vendor] as number; at < end; at++) {
        const category = vendorCategories[at] as number;
        const [list, size] = [lists[category] as Uint32Array, sizes[category] as number];
        if (size > 0 && list[size - 1] === vendor) continue;
        list[size] = vendor;
        sizes[category] = size + 1;
      }
    }
    return lists.map((list, category) => list.subarray(0, sizes[category]));
  }
}
