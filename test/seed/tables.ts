import { readFileSync } from 'node:fs';
import type { City } from '../../seed/city.ts';
import { type AuditedRelease, makeRelease } from '../../seed/make-release.ts';
import type { LoadedSource } from '../../seed/source/read-source.ts';
import { readTable } from '../../seed/table/read-table.ts';
import type { Table } from '../../seed/table/table.ts';
import { sharedData } from '../fixtures/shared-data.ts';

/** Reads a table from a few lines of CSV. */
export function csv(...lines: string[]): Table {
  return readTable(new TextEncoder().encode(lines.join('\n')), 'test.csv');
}

/** Reads a table from JSON records. */
export function json(...records: Readonly<Record<string, unknown>>[]): Table {
  return readTable(new TextEncoder().encode(JSON.stringify(records)), 'test.json');
}

/** Reads a table from a GeoJSON FeatureCollection. */
export function geojson(collection: object): Table {
  return readTable(new TextEncoder().encode(JSON.stringify(collection)), 'test.geojson');
}

/** Reads one of the real snapshots. */
export function snapshot(name: string): Table {
  return readTable(readFileSync(sharedData(name)), name);
}

/** All snapshots of San Francisco's permits. */
export const PERMITS = [
  'permits-2013-06-25-711.csv',
  'permits-2015-05-13-689.csv',
  'permits-2017-06-19-764.csv',
  'permits-2017-08-04-740.rows.json',
  'permits-2021-12-09-629.csv',
  'permits-2022-03-02-487.json',
  'permits-2024-08-29-489.csv',
].map((file) => `permits/${file}`);

/** An instant after every snapshot. */
export const READ_AT = '2026-11-21T08:00:00Z';

/** A table as if it had been read from a file. */
export function loadedSource(name: string, table: Table): LoadedSource {
  const fetchedAt = '2026-11-20T08:00:00.000Z';
  return { table, name, from: `${name}.csv`, fetchedAt, via: 'file', unchanged: false, bytes: 1, warnings: [] };
}

/** The release of some tables, with the outcome for every row. */
export function releaseOf(
  city: City,
  permits: Table,
  more: { schedule?: Table; areas?: Table; places?: Table } = {},
): AuditedRelease {
  const sources = {
    permits: loadedSource('permits', permits),
    schedule: more.schedule ? loadedSource('schedule', more.schedule) : null,
    areas: more.areas ? loadedSource('areas', more.areas) : null,
    places: more.places ? loadedSource('places', more.places) : null,
  };
  return makeRelease(city, sources, { origin: 'given', readAt: READ_AT });
}
