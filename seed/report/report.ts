import type { Release } from '../../functions/model/release.ts';
import type { AuditedRelease, SourceResult } from '../make-release.ts';
import type { DroppedRow, RowNote } from '../record/row-audit.ts';
import { placeWarnings } from './place-warnings.ts';

type Entry = { readonly id: string | null; readonly line: number; readonly detail: string };

/** The quality report of one load. Every row that was dropped is listed. */
export type LoadReport = {
  readonly version: string;
  readonly city: string;
  readonly asOf: string;
  readonly vendors: number;
  readonly branches: number;
  readonly sources: Readonly<Record<string, SourceReport>>;
  /** Number of branches by source of their hours. */
  readonly hours: Readonly<Record<string, number>>;
  /** Points that several branches share, most first: a map shows only the topmost. */
  readonly stacked: readonly { readonly lat: number; readonly lon: number; readonly ids: readonly string[] }[];
  /** Changes since the last release; `null` if there is none. */
  readonly difference: Difference | null;
  readonly warnings: readonly string[];
};

export type SourceReport = {
  readonly from: string;
  readonly shape: string;
  /** `rowsIn = kept + the sum of dropped`. */
  readonly rowsIn: number;
  readonly kept: number;
  readonly dropped: Readonly<Record<string, number>>;
  /** The dropped rows by reason. */
  readonly droppedRows: Readonly<Record<string, readonly Entry[]>>;
  /** Kept but doubtful rows, by kind. */
  readonly notes: Readonly<Record<string, readonly Entry[]>>;
  /** `missing`: columns that the city's file names but the source lacks; `unknown`: the reverse. */
  readonly missingColumns: readonly string[];
  readonly unknownColumns: readonly string[];
};

export type Difference = {
  readonly from: string;
  readonly addedVendors: readonly string[];
  readonly removedVendors: readonly string[];
  /** In both releases, with any difference. */
  readonly changedVendors: readonly string[];
  readonly addedBranches: readonly string[];
  readonly removedBranches: readonly string[];
};

/** @param last the release that this one replaces */
export function makeReport(
  { release, results }: AuditedRelease,
  warnings: readonly string[],
  last?: Release,
): LoadReport {
  const branches = release.vendors.flatMap((vendor) => vendor.branches);
  return {
    version: release.version,
    city: release.city.id,
    asOf: release.asOf,
    vendors: release.vendors.length,
    branches: branches.length,
    sources: Object.fromEntries(results.map((result) => [result.source.name, sourceReport(result, release)])),
    hours: countBy(branches.map(({ hours }) => hours.source)),
    stacked: stackedPoints(release),
    difference: last ? difference(last, release) : null,
    warnings: [...warnings, ...results.flatMap(columnWarnings), ...placeWarnings(results, release)],
  };
}

function sourceReport({ source, rowsIn, dropped, notes, columns }: SourceResult, release: Release): SourceReport {
  const counts = release.accounts.find(({ name }) => name === source.name);
  return {
    from: source.from,
    shape: source.table.shape,
    rowsIn,
    kept: counts?.kept ?? 0,
    dropped: counts?.dropped ?? {},
    droppedRows: grouped(dropped, ({ reason }) => reason),
    notes: grouped(notes, ({ kind }) => kind),
    missingColumns: [...columns.missing],
    unknownColumns: [...columns.unknown],
  };
}

function columnWarnings({ source: { name }, columns: { missing, unknown } }: SourceResult): string[] {
  return [
    ...(missing.length > 0 ? [`${name}: no column for ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`${name}: columns that nothing reads: ${unknown.join(', ')}`] : []),
  ];
}

function grouped<Item extends DroppedRow | RowNote>(
  items: readonly Item[],
  by: (item: Item) => string,
): Record<string, Entry[]> {
  const groups: Record<string, Entry[]> = {};
  for (const item of items) {
    const { id, line, detail } = item;
    const key = by(item);
    groups[key] = groups[key] ?? [];
    groups[key].push({ id, line, detail });
  }
  return groups;
}

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function stackedPoints({ vendors }: Release): LoadReport['stacked'] {
  const points = new Map<string, { lat: number; lon: number; ids: string[] }>();
  for (const { id, lat, lon } of vendors.flatMap((vendor) => vendor.branches)) {
    const key = `${lat} ${lon}`;
    const point = points.get(key) ?? { lat, lon, ids: [] };
    points.set(key, point);
    point.ids.push(id);
  }
  return [...points.values()].filter(({ ids }) => ids.length > 1).sort((a, b) => b.ids.length - a.ids.length);
}

function difference(before: Release, after: Release): Difference {
  const vendors = (release: Release) => release.vendors.map(({ id }) => id);
  const branches = (release: Release) => release.vendors.flatMap((vendor) => vendor.branches.map(({ id }) => id));
  return {
    from: before.version,
    addedVendors: without(vendors(after), vendors(before)),
    removedVendors: without(vendors(before), vendors(after)),
    changedVendors: changedVendors(before, after),
    addedBranches: without(branches(after), branches(before)),
    removedBranches: without(branches(before), branches(after)),
  };
}

function changedVendors(before: Release, after: Release): string[] {
  const texts = new Map(before.vendors.map((vendor) => [vendor.id, JSON.stringify(vendor)]));
  return after.vendors.flatMap((vendor) => {
    const text = texts.get(vendor.id);
    return text !== undefined && text !== JSON.stringify(vendor) ? [vendor.id] : [];
  });
}

function without(these: readonly string[], those: readonly string[]): string[] {
  const excluded = new Set(those);
  return these.filter((item) => !excluded.has(item));
}
