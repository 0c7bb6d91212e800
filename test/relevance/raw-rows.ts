import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { LatLon } from '../../functions/model/geo.ts';

/** A row of a published file of permits. */
export type RawRow = {
  readonly id: string;
  /** The vendor's name and its food, as published. */
  readonly texts: readonly string[];
  readonly name: string;
  readonly address: string;
  /** The other texts about the place: the permit's and the schedule's. */
  readonly descriptions: readonly string[];
  readonly status: string;
  /** The schedule's where the file has none, or 0. */
  readonly place: LatLon | null;
  /** The district that the file itself names. */
  readonly district: string;
  /** By the schedule of the same time; `unknown` where it has no row. */
  readonly state: 'open' | 'closed' | 'unknown';
};

type Cells = Readonly<Record<string, string>>;

/** A column by each of the names that the publishers have given it, in lower case. */
const COLUMNS = {
  id: ['locationid', 'objectid', 'key'],
  name: ['applicant', 'business_name'],
  food: ['fooditems', 'description'],
  address: ['address', 'location'],
  segment: ['locationdescription'],
  status: ['status'],
  district: ['geo_localarea'],
  lat: ['latitude'],
  lon: ['longitude'],
  point: ['geo_point_2d'],
} as const;

/** Tuesday, 12:30: the moment of all questions about "now". In the schedules Sunday is day 0. */
const NOW = { day: '2', time: '12:30' };

/** Reads a file of permits in any of its published forms by the plainest rules, without the loader's. */
export function readRawRows(permits: string, schedule: string | undefined): RawRow[] {
  const scheduled = schedule === undefined ? new Map<string, Scheduled>() : readSchedule(schedule);
  return readCells(permits).map((cells) => {
    const cell = (name: keyof typeof COLUMNS) => COLUMNS[name].map((one) => cells[one] ?? '').find(Boolean) ?? '';
    const [id, name, food] = [cell('id'), cell('name'), cell('food')];
    const [lat = 0, lon = 0] = cells.latitude ? [Number(cell('lat')), Number(cell('lon'))] : numbersOf(cell('point'));
    return {
      id,
      name,
      texts: [name, food],
      address: cell('address'),
      descriptions: [cell('segment'), scheduled.get(id)?.text ?? ''].filter(Boolean),
      status: cell('status').toLowerCase(),
      district: cell('district'),
      place: lat === 0 ? (scheduled.get(id)?.place ?? null) : { lat, lon },
      state: scheduled.get(id)?.state ?? 'unknown',
    };
  });
}

const numbersOf = (text: string): number[] => text.split(',').map(Number);

function readCells(path: string): Cells[] {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.json')) {
    const rows: Cells[] = parse(text, { columns: true, bom: true });
    return rows.map((row) => inLowerCase(Object.entries(row)));
  }
  const json = JSON.parse(text);
  if (Array.isArray(json)) return json.map((row: Cells) => inLowerCase(Object.entries(row)));
  const names: string[] = json.meta.view.columns.map(({ fieldName }: { fieldName: string }) => fieldName);
  return json.data.map((row: readonly unknown[]) =>
    inLowerCase(names.map((name, at) => [name, row[at] === null ? '' : String(row[at])])),
  );
}

function inLowerCase(cells: readonly (readonly [string, string])[]): Cells {
  return Object.fromEntries(cells.map(([name, value]) => [name.toLowerCase(), value]));
}

type Scheduled = { readonly state: 'open' | 'closed'; readonly place: LatLon; readonly text: string };

function readSchedule(path: string): Map<string, Scheduled> {
  const scheduled = new Map<string, Scheduled>();
  const rows: Cells[] = parse(readFileSync(path, 'utf8'), { columns: true });
  for (const { locationid = '', locationdesc = '', DayOrder, start24 = '', end24 = '', Latitude, Longitude } of rows) {
    const isOpen = DayOrder === NOW.day && start24 <= NOW.time && NOW.time < end24;
    const wasOpen = scheduled.get(locationid)?.state === 'open';
    const place = { lat: Number(Latitude), lon: Number(Longitude) };
    scheduled.set(locationid, { state: isOpen || wasOpen ? 'open' : 'closed', place, text: locationdesc });
  }
  return scheduled;
}
