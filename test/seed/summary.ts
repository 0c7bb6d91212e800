import type { LoadReport } from '../../functions/model/quality-report.ts';
import type { Release } from '../../functions/model/release.ts';

function countBy(keys: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const lengths = (groups: Readonly<Record<string, readonly unknown[]>>) =>
  Object.fromEntries(Object.entries(groups).map(([name, rows]) => [name, rows.length]));

/** The counts of a load, for comparison with earlier ones. */
export function counts({ asOf, vendors }: Release, { sources, hours, stacked, warnings }: LoadReport) {
  const branches = vendors.flatMap((vendor) => vendor.branches);
  return {
    asOf,
    vendors: vendors.length,
    branches: branches.length,
    sources: Object.fromEntries(
      Object.entries(sources).map(([name, { shape, rowsIn, kept, dropped, notes, missingColumns, unknownColumns }]) => [
        name,
        { shape, rowsIn, kept, dropped, notes: lengths(notes), missingColumns, unknownColumns },
      ]),
    ),
    hours,
    incompleteHours: branches.filter((branch) => !branch.hours.complete).length,
    statuses: countBy(branches.map(({ status }) => status)),
    facilities: countBy(branches.map(({ facility }) => facility)),
    areas: new Set(branches.flatMap(({ area }) => area ?? [])).size,
    withArea: branches.filter(({ area }) => area !== null).length,
    withCategory: vendors.filter(({ categories }) => categories.length > 0).length,
    drinks: vendors.filter(({ drinks }) => drinks).length,
    items: vendors.reduce((sum, { items }) => sum + items.length, 0),
    stackedPoints: stacked.length,
    warnings,
  };
}
