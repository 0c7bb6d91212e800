import { byCodePoint } from '../../../../functions/model/comparators.ts';
import type { OpenState } from '../../../../functions/model/hours/open-state.ts';
import type { FacetCount, FacetName, Facets } from '../../../../functions/model/query.ts';
import type { Branch, Vendor } from '../../../../functions/model/vendor.ts';

/** A branch that matches the text and the base filters, and whether it passes each group's filter. */
export type GroupsPassed = { readonly [Name in FacetName]: boolean } & {
  readonly branch: Branch;
  readonly state: OpenState;
};

/** Counts vendors by value, vendor by vendor. */
export function createFacetCounter(names: readonly FacetName[]): {
  count(vendor: Vendor, branches: readonly GroupsPassed[]): void;
  counts(): Facets;
} {
  const groups = names.map((name) => ({ name, counts: new Map<string, number>() }));
  return {
    count(vendor, branches) {
      for (const { name, counts } of groups) {
        const values = new Set<string>();
        for (const passed of branches) {
          if (othersPass(name, passed)) for (const value of valuesOf(name, vendor, passed)) values.add(value);
        }
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    },
    counts: () => Object.fromEntries(groups.map(({ name, counts }) => [name, sorted(counts)])),
  };
}

function othersPass(own: FacetName, passed: GroupsPassed): boolean {
  return (
    (own === 'category' || passed.category) &&
    (own === 'facility' || passed.facility) &&
    (own === 'area' || passed.area) &&
    (own === 'open' || passed.open)
  );
}

function valuesOf(name: FacetName, vendor: Vendor, { branch, state }: GroupsPassed): readonly string[] {
  switch (name) {
    case 'category':
      return vendor.categories;
    case 'facility':
      return [branch.facility];
    case 'area':
      return branch.area === null ? [] : [branch.area];
    case 'open':
      return [state];
  }
}

function sorted(counts: ReadonlyMap<string, number>): FacetCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value));
}
