import type { Moment } from '../../model/hours/clock.ts';
import { openResponse, wholeMetres } from './branch.ts';
import { type BranchPlace, placeProperties } from './places.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

/** What a spreadsheet may take for a formula when a cell begins with it (OWASP, "CSV Injection"), full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * RFC 4180: CRLF, UTF-8, a header, quotes where needed. A text that a spreadsheet could take for a formula gets an apostrophe
 * before it; a number never does. Own code, because csv-stringify (30 kB) would also put one before -122.4.
 */
export function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? null)).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const PLACE_COLUMNS = [
  'id',
  'vendor_id',
  'vendor',
  'items',
  'categories',
  'drinks',
  'address',
  'lat',
  'lon',
  'facility',
  'status',
  'permit',
  'permit_url',
  'expires',
  'area',
  'hours',
  'hours_source',
  'hours_complete',
] as const;

/** Between the values of one cell. */
const AND = '; ';

function placeRow(place: BranchPlace): Row {
  const { week, items, categories, ...properties } = placeProperties(place);
  const { id, lat, lon } = place.branch;
  return { id, ...properties, items: items.join(AND), categories: categories.join(AND), lat, lon };
}

/** Places as they are in the data, one a line. */
export function placesCsv(places: readonly BranchPlace[]): string {
  return csv(PLACE_COLUMNS, places.map(placeRow));
}

export const FOUND_COLUMNS = [...PLACE_COLUMNS, 'distance_m', 'open', 'open_until', 'open_next'] as const;

/** Places that a search found, one a line, with distance and state. */
export function foundCsv(places: readonly BranchPlace[], moment: Moment, zone: string): string {
  const rows = places.map((place) => {
    const { state, until, next } = openResponse(place.branch.hours, moment, zone);
    const distance_m = wholeMetres(place.distanceMetres);
    return { ...placeRow(place), distance_m, open: state, open_until: until, open_next: next };
  });
  return csv(FOUND_COLUMNS, rows);
}
