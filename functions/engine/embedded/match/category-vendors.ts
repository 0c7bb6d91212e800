import type { Sections } from '../file/index-format.ts';

/** Vendors or branches, ascending: the first `count` of the list. */
export type NumberList = {
  readonly ids: Uint32Array;
  readonly count: number;
  /** The number of branches of all these vendors, if it is known. */
  readonly branches?: number;
};

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

/** The number of branches of the first `count` vendors. */
export function countBranches({ vendorStarts }: Sections, vendors: Uint32Array, count: number): number {
  let branches = 0;
  for (let at = 0; at < count; at++) {
    const vendor = vendors[at] as number;
    branches += (vendorStarts[vendor + 1] as number) - (vendorStarts[vendor] as number);
  }
  return branches;
}

/** The vendors of each category. The file has the categories of each vendor; the lists are computed when one is first needed. */
export class CategoryVendors {
  readonly #sections: Sections;
  #lists: readonly NumberList[] | null = null;

  constructor(sections: Sections) {
    this.#sections = sections;
  }

  /** The vendors that have the only category selected; `null` if there are several. @param selected 1 for each category, by number */
  of(selected: Uint8Array): NumberList | null {
    this.#lists ??= this.#computeLists(selected.length);
    const [only, ...others] = this.#lists.filter((_, category) => selected[category] === 1);
    return only && others.length === 0 ? only : null;
  }

  #computeLists(categories: number): NumberList[] {
    const { vendorCategoryStarts, vendorCategories } = this.#sections;
    const lists = Array.from({ length: categories }, (): number[] => []);
    for (let vendor = 0; vendor + 1 < vendorCategoryStarts.length; vendor++) {
      const end = vendorCategoryStarts[vendor + 1] as number;
      for (let at = vendorCategoryStarts[vendor] as number; at < end; at++) {
        const list = lists[vendorCategories[at] as number] as number[];
        if (list.at(-1) !== vendor) list.push(vendor);
      }
    }
    return lists.map((list) => {
      const ids = Uint32Array.from(list);
      return { ids, count: ids.length, branches: countBranches(this.#sections, ids, ids.length) };
    });
  }
}
