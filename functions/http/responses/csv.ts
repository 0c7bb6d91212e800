import type { Moment } from '../../model/hours/clock.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import { openResponse, wholeMetres } from './branch.ts';
import { type Place, placeProperties } from './places.ts';

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

/** Start of a cell that a spreadsheet may evaluate as a formula (OWASP, "CSV Injection"), full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Without it, Excel reads a CSV file in the encoding of the computer's language. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * RFC 4180: CRLF, UTF-8 with a byte order mark, a header, quotes where needed. A text that a spreadsheet could evaluate as a formula gets
 * a leading apostrophe; a number never does. Our own code, because csv-stringify (30 kB) would also escape -122.4.
 */
export function* csv(columns: readonly string[], rows: Iterable<Row>): Generator<string> {
  yield `${BYTE_ORDER_MARK}${columns.join(',')}\r\n`;
  for (const row of rows) {
    const line = columns.map((column) => cell(row[column] ?? null)).join(',');
    yield `${withoutUnsafeCharacters(line)}\r\n`;
  }
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
  'location_descriptions',
  'past',
] as const;

/** Separates the values of one cell. */
const SEPARATOR = '; ';

function placeRow(place: Place): Row {
  const { week, items, past, categories, location_descriptions, ...properties } = placeProperties(place);
  const { id, lat, lon } = place.branch;
  const lists = { items, past, categories, location_descriptions };
  const joined = Object.entries(lists).map(([column, values]) => [column, values.join(SEPARATOR)]);
  return { id, ...properties, ...Object.fromEntries(joined), lat, lon };
}

/** The places of a release, one per line; the parts are its lines. */
export function* placesCsv(places: Iterable<Place>): Generator<string> {
  yield* csv(PLACE_COLUMNS, mapped(places, placeRow));
}

function* mapped<Item, Value>(items: Iterable<Item>, map: (item: Item) => Value): Generator<Value> {
  for (const item of items) yield map(item);
}

export const SEARCH_COLUMNS = [...PLACE_COLUMNS, 'distance_m', 'open', 'open_until', 'open_next'] as const;

/** The places of a search, one per line, with their distance and state; the parts are its lines. */
export function* searchCsv(places: Iterable<Place>, moment: Moment, zone: string): Generator<string> {
  const row = (place: Place): Row => {
    const { state, until, next } = openResponse(place.branch.hours, moment, zone);
    const distance_m = wholeMetres(place.distanceMetres);
    return { ...placeRow(place), distance_m, open: state, open_until: until, open_next: next };
  };
  yield* csv(SEARCH_COLUMNS, mapped(places, row));
}
