import { createHash } from 'node:crypto';
import {
  type DataOrigin,
  RELEASE_FORMAT,
  type Release,
  releaseText,
  type SourceCounts,
} from '../functions/model/release.ts';
import type { City } from './city.ts';
import { noArea, readAreas } from './record/areas.ts';
import { readPermits } from './record/permit.ts';
import type { DroppedRow, RowNote } from './record/row-audit.ts';
import { readSchedule, type ScheduleRecords } from './record/schedule.ts';
import type { LoadedSource } from './source/read-source.ts';
import { joinSchedule } from './vendor/join.ts';
import { groupVendors } from './vendor/vendors.ts';

/** The sources of a release as they were read. */
export type LoadedSources = {
  readonly permits: LoadedSource;
  readonly schedule: LoadedSource | null;
  readonly areas: LoadedSource | null;
};

/** What was done with one source's rows, for the report. */
export type SourceResult = {
  readonly source: LoadedSource;
  readonly rowsIn: number;
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
  readonly columns: { readonly missing: readonly string[]; readonly unknown: readonly string[] };
};

export type AuditedRelease = { readonly release: Release; readonly results: readonly SourceResult[] };

export type ReleaseOptions = {
  readonly origin: DataOrigin;
  /** RFC 3339 instant: dates in the data after it are not believed. */
  readonly readAt: string;
};

/** Digits of the content's hash in a version: 48 bits. */
const HASH_DIGITS = 12;

/**
 * Makes a release of a city's sources. Pure: the same tables give the same content and version, in whatever order their rows
 * come.
 * @throws Error when a required column is missing, naming the source, the column and what was found instead.
 */
export function makeRelease(city: City, reads: LoadedSources, { origin, readAt }: ReleaseOptions): AuditedRelease {
  const permits = readPermits(city, reads.permits.table, { readAt });
  const schedule = reads.schedule && readSchedule(city, reads.schedule.table);
  const areas = reads.areas && readAreas(city, reads.areas.table);
  const droppedIds = new Set(permits.dropped.flatMap(({ id }) => id ?? []));
  const joined = joinSchedule(city, permits.rows, schedule, droppedIds);
  const { vendors, dropped, notes } = groupVendors(city, joined.rows, areas ? areas.areaOf : noArea);

  const results: SourceResult[] = [
    {
      source: reads.permits,
      rowsIn: permits.rowsIn,
      dropped: [...permits.dropped, ...dropped],
      notes: [...permits.notes, ...joined.notes, ...notes],
      columns: permits.columns,
    },
  ];
  if (reads.schedule && schedule) {
    const branchIds = new Set(vendors.flatMap(({ branches }) => branches.map(({ id }) => id)));
    const unused = unusedRows(schedule, branchIds, joined.orphans);
    results.push({ ...schedule, source: reads.schedule, dropped: [...schedule.dropped, ...joined.orphans, ...unused] });
  }
  if (reads.areas && areas) results.push({ ...areas, source: reads.areas, notes: [] });

  const content = { format: RELEASE_FORMAT, city: city.facts, accounts: results.map(countRows), vendors } as const;
  const hash = createHash('sha256').update(releaseText(content)).digest('hex').slice(0, HASH_DIGITS);
  const release: Release = {
    ...content,
    version: `${permits.asOf ?? 'undated'}-${hash}`,
    origin,
    asOf: permits.asOf ?? reads.permits.fetchedAt.slice(0, 10),
    sources: results.map(({ source: { name, from, fetchedAt } }) => ({ name, from, fetchedAt })),
  };
  return { release, results };
}

/** Rows of the schedule for permits that made no branch themselves. */
function unusedRows(
  schedule: ScheduleRecords,
  branchIds: ReadonlySet<string>,
  orphans: readonly DroppedRow[],
): DroppedRow[] {
  const orphaned = new Set(orphans.map(({ id }) => id));
  return [...schedule.hoursByPlace].flatMap(([id, { rows }]) =>
    branchIds.has(id) || orphaned.has(id)
      ? []
      : rows.map(({ line }) => ({ id, line, reason: 'permit_dropped', detail: 'the permit of this id was dropped' })),
  );
}

function countRows({ source, rowsIn, dropped }: SourceResult): SourceCounts {
  const reasons: Record<string, number> = {};
  for (const { reason } of dropped) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const sorted = Object.fromEntries(Object.entries(reasons).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { name: source.name, rowsIn, kept: rowsIn - dropped.length, dropped: sorted };
}
