import {
  type LoadReport,
  REPORT_REASONS,
  type ReportedRow,
  type SourceReport,
} from '../../functions/model/quality-report.ts';
import type { Release } from '../../functions/model/release.ts';
import type { AuditedRelease, SourceResult } from '../make-release.ts';
import type { DroppedRow, RowNote } from '../record/row-audit.ts';
import { difference } from './difference.ts';
import { placeWarnings } from './place-warnings.ts';

/** @param last the release that this one replaces */
export function makeReport(
  { release, results }: AuditedRelease,
  warnings: readonly string[],
  last?: Release,
): LoadReport {
  const branches = release.vendors.flatMap((vendor) => vendor.branches);
  const occurring = new Set(
    results.flatMap(({ dropped, notes }) => [...dropped.map(({ reason }) => reason), ...notes.map(({ kind }) => kind)]),
  );
  return {
    version: release.version,
    city: release.city.id,
    asOf: release.asOf,
    reportUrl: release.city.reportUrl ?? null,
    vendors: release.vendors.length,
    branches: branches.length,
    sources: Object.fromEntries(results.map((result) => [result.source.name, sourceReport(result, release)])),
    reasons: Object.fromEntries(Object.entries(REPORT_REASONS).filter(([reason]) => occurring.has(reason))),
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
): Record<string, ReportedRow[]> {
  const groups: Record<string, ReportedRow[]> = {};
  for (const item of items) {
    const { id, line, vendor = null, address = null, state = null, detail } = item;
    const key = by(item);
    groups[key] = groups[key] ?? [];
    groups[key].push({ id, line, vendor, address, state, detail });
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
