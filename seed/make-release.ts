import { createHash } from 'node:crypto';
import { dateInZone } from '../functions/model/permit-end.ts';
import {
  type CityFacts,
  type DataOrigin,
  RELEASE_FORMAT,
  type Release,
  releaseParts,
  type SourceCounts,
  UNDATED,
} from '../functions/model/release.ts';
import type { Vendor } from '../functions/model/vendor.ts';
import type { City } from './city.ts';
import { noArea, readAreas } from './record/areas.ts';
import { readPlaces } from './record/known-places.ts';
import { type PermitRecords, readPermits } from './record/permit.ts';
import type { DroppedRow, RowNote } from './record/row-audit.ts';
import { withRowFacts } from './record/row-facts.ts';
import { readSchedule, type ScheduleRecords } from './record/schedule.ts';
import type { LoadedSource } from './source/read-source.ts';
import { joinSchedule } from './vendor/join.ts';
import { placesHull } from './vendor/places-hull.ts';
import { groupVendors } from './vendor/vendors.ts';

export type LoadedSources = {
  readonly permits: LoadedSource;
  readonly schedule: LoadedSource | null;
  readonly areas: LoadedSource | null;
  readonly places: LoadedSource | null;
};

/** The outcome for each row of one source, for the report. */
export type SourceResult = {
  readonly source: LoadedSource;
  readonly rowsIn: number;
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
  readonly columns: { readonly missing: readonly string[]; readonly unknown: readonly string[] };
};

/** A release with the outcome for every row of its sources. */
export type AuditedRelease = {
  readonly release: Release;
  readonly results: readonly SourceResult[];
  /** About the data as a whole: one sentence each for the operator, beginning with the source's name. */
  readonly warnings: readonly string[];
};

export type ReleaseOptions = {
  readonly origin: DataOrigin;
  /** RFC 3339 instant of reading. Later dates in the data are ignored. */
  readonly readAt: string;
};

/** Hexadecimal digits of the content's hash in a version: 48 bits. */
const HASH_DIGITS = 12;

/**
 * Makes a release from a city's sources. Pure: the same rows, in any order, give the same content and version.
 * @throws Error when a required column is missing, naming the source, that column and the columns found.
 */
export function makeRelease(city: City, sources: LoadedSources, { origin, readAt }: ReleaseOptions): AuditedRelease {
  const places = sources.places && readPlaces(city, sources.places.table);
  const permits = readPermits(city, sources.permits.table, { readAt, places });
  const today = dateInZone(Date.parse(readAt), city.facts.zone);
  const schedule = sources.schedule && readSchedule(city, sources.schedule.table, today);
  const areas = sources.areas && readAreas(city, sources.areas.table);
  const droppedIds = new Set(permits.dropped.flatMap(({ id }) => id ?? []));
  const joined = joinSchedule(city, permits.rows, schedule, droppedIds, today);
  const { vendors, dropped, notes } = groupVendors(city, joined.rows, areas ? areas.areaOf : noArea);

  const results: SourceResult[] = [
    {
      source: sources.permits,
      rowsIn: permits.rowsIn,
      dropped: [...permits.dropped, ...dropped],
      notes: [...permits.notes, ...joined.notes, ...notes],
      columns: permits.columns,
    },
  ];
  if (sources.schedule && schedule) {
    const branchIds = new Set(vendors.flatMap(({ branches }) => branches.map(({ id }) => id)));
    const unused = unusedRows(schedule, branchIds, joined.orphans);
    results.push({
      ...schedule,
      source: sources.schedule,
      dropped: [...schedule.dropped, ...joined.orphans, ...unused],
    });
  }
  if (sources.areas && areas) results.push({ ...areas, source: sources.areas });
  if (sources.places && places) results.push({ ...places, source: sources.places });

  const content = {
    format: RELEASE_FORMAT,
    city: factsOf(city, vendors),
    accounts: results.map(countRows),
    vendors,
  } as const;
  const hash = createHash('sha256');
  for (const part of releaseParts(content)) hash.update(part);
  const release: Release = {
    ...content,
    version: `${permits.asOf ?? UNDATED}-${hash.digest('hex').slice(0, HASH_DIGITS)}`,
    origin,
    asOf: permits.asOf ?? readingDay(sources.permits, readAt),
    sources: results.map(({ source: { name, from, fetchedAt } }) => ({ name, from, fetchedAt })),
  };
  return {
    release,
    results: results.map((result) => withFacts(result, city)),
    warnings: [...permits.warnings.map((warning) => `permits: ${warning}`), ...stateWarnings(permits, vendors)],
  };
}

/** The city's facts, with the ring around its places if it has no outline. */
function factsOf({ facts, drawsHull }: City, vendors: readonly Vendor[]): CityFacts {
  if (!drawsHull) return facts;
  const places = vendors.flatMap(({ branches }) => branches);
  const outline = placesHull(places, facts.bounds.west > facts.bounds.east);
  return outline.length === 0 ? facts : { ...facts, outline, outlineIsHull: true };
}

/** The day on which a source was read. A file's modification time says nothing about its data: a copy is as new as its copying. */
function readingDay({ via, fetchedAt }: LoadedSource, readAt: string): string {
  return (via === 'file' ? readAt : fetchedAt).slice(0, 10);
}

function withFacts(result: SourceResult, city: City): SourceResult {
  const { name, table } = result.source;
  const spec = city.sources[name];
  if (!spec) return result;
  return {
    ...result,
    dropped: withRowFacts(result.dropped, name, spec, table),
    notes: withRowFacts(result.notes, name, spec, table),
  };
}

/** What a person should know of the permits' states, because searches find approved places only. */
function stateWarnings({ hasStatus }: PermitRecords, vendors: readonly Vendor[]): string[] {
  if (!hasStatus) return ['permits: the table has no column for the state of a permit: all permits count as approved'];
  const branches = vendors.flatMap((vendor) => vendor.branches);
  if (branches.length === 0 || branches.some(({ status }) => status === 'approved')) return [];
  const states = [...new Set(branches.map(({ status }) => status))].sort().join(', ');
  return [
    `permits: no place is approved (states: ${states.slice(0, 200)}): searches find nothing unless they ask for other states`,
  ];
}

/** Rows of the schedule whose permits were dropped. */
function unusedRows(
  schedule: ScheduleRecords,
  branchIds: ReadonlySet<string>,
  orphans: readonly DroppedRow[],
): DroppedRow[] {
  const orphanIds = new Set(orphans.map(({ id }) => id));
  return [...schedule.hoursByPlace].flatMap(([id, { rows }]) =>
    branchIds.has(id) || orphanIds.has(id)
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
