import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { dateInZone } from '../../functions/model/permit-end.ts';
import { type RunningServer, startServer } from './page-server.ts';

/** Values by column; a column without one is empty. */
export type TableRow = Readonly<Record<string, string>>;

const SAMPLE = { permits: 'seed/sample/permits.csv', schedule: 'seed/sample/schedule.csv' } as const;
const [COLUMNS = [], ...sampleRows] = parse(readFileSync(SAMPLE.permits)) as string[][];

/** A permits table with the columns of the sample's. */
export function permitsCsv(rows: readonly TableRow[]): string {
  const cells = (row: TableRow) => COLUMNS.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`).join();
  return `${[COLUMNS.join(), ...rows.map(cells)].join('\n')}\n`;
}

/** An approved permit of 2024 that is still valid, with other values where given. */
export function permitRow(values: TableRow): TableRow {
  return {
    FacilityType: 'Truck',
    Status: 'APPROVED',
    Latitude: '37.7893',
    Longitude: '-122.4009',
    Approved: '02/14/2024 12:00:00 AM',
    Received: '20240110',
    ExpirationDate: '11/15/2099 12:00:00 AM',
    ...values,
  };
}

/** The sample's permits, each with these values in place of its own. */
export function samplePermits(values: TableRow): string {
  const rows = sampleRows.map((cells) => Object.fromEntries(COLUMNS.map((column, at) => [column, cells[at] ?? ''])));
  return permitsCsv(rows.map((row) => ({ ...row, ...values })));
}

/** The sample's schedule. */
export const sampleSchedule = (): string => readFileSync(SAMPLE.schedule, 'utf8');

/**
 * Starts the built server with these tables, by their names, as CSV. They count as a city's own: permits end, and data gets old.
 * @param city its file; default: San Francisco's
 */
export async function startWithTables(tables: Readonly<Record<string, string>>, city?: object): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'curbside-tables-'));
  const cityPath = join(folder, 'city.json');
  if (city) writeFileSync(cityPath, JSON.stringify(city));
  const sources = Object.entries(tables).flatMap(([name, csv]) => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, csv);
    return ['--source', `${name}=${path}`];
  });
  const server = await startServer([...(city ? ['--city', cityPath] : []), ...sources]);
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the built server with the sample's tables as a city's data of today. */
export function startCurrentCity(): Promise<RunningServer> {
  const today = dateInZone(Date.now(), 'America/Los_Angeles').replaceAll('-', '');
  const permits = samplePermits({ Received: today, ExpirationDate: '11/15/2099 12:00:00 AM' });
  return startWithTables({ permits, schedule: sampleSchedule() });
}

/** Starts the built server with the sample's tables as a city's data of 2024, which is old and whose permits have ended since. */
export function startOldCity(values: TableRow = {}): Promise<RunningServer> {
  const permits = samplePermits({ ExpirationDate: '11/15/2024 12:00:00 AM', ...values });
  return startWithTables({ permits, schedule: sampleSchedule() });
}
