import type { NamedVendor, ReleaseDifference } from '../../functions/model/quality-report.ts';
import type { Release } from '../../functions/model/release.ts';
import type { Branch, Vendor } from '../../functions/model/vendor.ts';

/** The changes from one release to the next, for people: vendors by name, with the fields that differ. */
export function difference(before: Release, after: Release): ReleaseDifference {
  const old = new Map(before.vendors.map((vendor) => [vendor.id, vendor]));
  const current = new Map(after.vendors.map((vendor) => [vendor.id, vendor]));
  const [oldBranches, branches] = [before, after].map((release) =>
    release.vendors.flatMap((vendor) => vendor.branches.map(({ id }) => id)),
  ) as [string[], string[]];
  return {
    from: before.version,
    addedVendors: after.vendors.filter(({ id }) => !old.has(id)).map(named),
    removedVendors: before.vendors.filter(({ id }) => !current.has(id)).map(named),
    changedVendors: after.vendors.flatMap((vendor) => {
      const previous = old.get(vendor.id);
      const fields = previous ? changedFields(previous, vendor) : [];
      return fields.length > 0 ? [{ ...named(vendor), fields }] : [];
    }),
    addedBranches: without(branches, oldBranches),
    removedBranches: without(oldBranches, branches),
  };
}

function named({ id, name }: Vendor): NamedVendor {
  return { id, name };
}

function changedFields(before: Vendor, after: Vendor): string[] {
  const { branches: oldBranches, ...oldFacts } = before;
  const { branches, ...facts } = after;
  const old = new Map(oldBranches.map((branch) => [branch.id, branch]));
  const isSameSet = branches.length === oldBranches.length && branches.every(({ id }) => old.has(id));
  const ofPlaces = branches.flatMap((branch) => {
    const previous = old.get(branch.id);
    return previous ? differing(withRoundedPlace(previous), withRoundedPlace(branch)) : [];
  });
  const fields = ofPlaces.map((field) => `place.${field}`);
  return [...differing(oldFacts, facts), ...(isSameSet ? [] : ['places']), ...new Set(fields)];
}

/** To 0.1 m: exports of different years have 12 to 15 decimals of the same place. */
function withRoundedPlace({ lat, lon, ...branch }: Branch) {
  const rounded = (degrees: number) => Math.round(degrees * 1e6);
  return { ...branch, position: [rounded(lat), rounded(lon)] };
}

function differing(before: object, after: object): string[] {
  const old: Readonly<Record<string, unknown>> = { ...before };
  return Object.entries(after).flatMap(([field, value]) =>
    JSON.stringify(old[field]) === JSON.stringify(value) ? [] : [field],
  );
}

function without(these: readonly string[], those: readonly string[]): string[] {
  const excluded = new Set(those);
  return these.filter((item) => !excluded.has(item));
}
