import type { LatLon } from '../../functions/model/geo.ts';
import { readPlace } from '../record/coordinates.ts';
import type { Row, Table } from '../table/table.ts';
import { isInhabited } from './city-extent.ts';
import { nameWords } from './column-names.ts';
import { type ColumnProfile, columnKey } from './column-profile.ts';
import { isProjected, projectionName } from './projections.ts';
import type { Sureness } from './sureness.ts';

/** The columns that hold the places of a table. */
export type PlaceColumns = {
  readonly kind: 'found';
  /** Our fields `lat`, `lon`, `point` and `pointText` to a column. */
  readonly columns: Readonly<Record<string, ColumnProfile>>;
  /** The places of the rows that have one. */
  readonly places: readonly LatLon[];
  readonly sureness: Sureness;
  readonly why: string;
};

/** Why a table has no places that can be read. */
export type NoPlaces =
  | { readonly kind: 'none' }
  /** Numbers of a map projection; `system`: what they probably are. */
  | {
      readonly kind: 'projected';
      readonly columns: readonly string[];
      readonly system: string;
      readonly example: string;
    }
  /** A text that has the longitude first. */
  | { readonly kind: 'longitude-first'; readonly columns: readonly string[]; readonly example: string };

const WORLD = { west: -180, south: -90, east: 180, north: 90 } as const;
/** Words for the two coordinates. X and Y come last: they are often metres, next to columns in degrees. */
const AXES = [
  {
    lat: ['lat', 'latitude', 'latitud', 'latitudine', 'breitengrad'],
    lon: ['lon', 'lng', 'long', 'longitude', 'longitud', 'longitudine', 'laengengrad'],
  },
  { lat: ['y', 'ycoord', 'ycoordinate', 'northing'], lon: ['x', 'xcoord', 'xcoordinate', 'easting'] },
] as const;
/** The least part of the filled rows that must be places. */
const MIN_SHARE = 0.5;

type Pair = { readonly lat: ColumnProfile; readonly lon: ColumnProfile; readonly isNamed: boolean };
type PairReading = 'degrees' | 'swapped' | 'projected' | 'no numbers';

/** Finds the columns with coordinates, by their names and their values. */
export function findPlaces(
  columns: readonly ColumnProfile[],
  table: Pick<Table, 'rows' | 'delimiter'>,
): PlaceColumns | NoPlaces {
  const decimalComma = isDecimalComma(table);
  const pairs = pairsOf(columns);
  const readings = pairs.map((pair) => ({ pair, reading: readPair(pair, table.rows, decimalComma) }));
  const found = readings.find(({ reading }) => reading === 'degrees' || reading === 'swapped');
  const points = columns.filter((column) => column.filled > 0 && column.share('point') >= MIN_SHARE);
  const usable = points.filter(
    (column) => placesOf({ point: column }, table.rows, decimalComma).length >= MIN_SHARE * column.filled,
  );
  const isSwapped = found?.reading === 'swapped';
  const named: Record<string, ColumnProfile> = {
    ...(found
      ? isSwapped
        ? { lat: found.pair.lon, lon: found.pair.lat }
        : { lat: found.pair.lat, lon: found.pair.lon }
      : {}),
    ...(usable[0] ? { point: usable[0] } : {}),
    ...(usable[1] ? { pointText: usable[1] } : {}),
  };
  const places = placesOf(named, table.rows, decimalComma);
  if (places.length > 0) {
    return {
      kind: 'found',
      columns: named,
      places,
      ...judgement(found?.pair, isSwapped, named, places, table.rows.length),
    };
  }
  const projected = readings.find(({ reading }) => reading === 'projected');
  if (projected) return projectedPair(projected.pair, table.rows, decimalComma);
  return points[0] ? unreadablePoint(points[0]) : { kind: 'none' };
}

/** Whether numbers of a table may have a decimal comma: its delimiter is another character. */
export function isDecimalComma({ delimiter }: Pick<Table, 'delimiter'>): boolean {
  return delimiter !== undefined && delimiter !== ',';
}

function judgement(
  pair: Pair | undefined,
  isSwapped: boolean,
  columns: Readonly<Record<string, ColumnProfile>>,
  places: readonly LatLon[],
  rows: number,
): { sureness: Sureness; why: string } {
  const count = `${places.length} of ${rows} rows have a place`;
  if (pair && isSwapped) {
    const why = `latitude and longitude are swapped in the data: "${pair.lat.name}" holds the longitude; ${count}`;
    return { sureness: 'guess', why };
  }
  if (pair && !pair.isNamed && !columns.point)
    return { sureness: 'guess', why: `numbers in the range of degrees; ${count}` };
  return { sureness: places.length >= MIN_SHARE * rows ? 'sure' : 'likely', why: count };
}

/** The geometry of GeoJSON first, then columns named so, then neighbouring columns of numbers with decimals. */
function pairsOf(columns: readonly ColumnProfile[]): Pair[] {
  const byName = (words: readonly string[]) =>
    columns
      .filter(({ name, filled }) => filled > 0 && nameWords(name).some((word) => words.includes(word)))
      .sort((a, b) => Number(b.name.startsWith(':')) - Number(a.name.startsWith(':')));
  const named = AXES.flatMap((axes) => {
    const [[lat], [lon]] = [byName(axes.lat), byName(axes.lon)];
    return lat && lon && lat !== lon ? [{ lat, lon, isNamed: true }] : [];
  });
  const fine = columns.filter((column) => column.share('fineNumber') >= 0.8);
  const unnamed = fine.flatMap((lat, at) => {
    const lon = fine[at + 1];
    return lon && lon.at === lat.at + 1 ? [{ lat, lon, isNamed: false }] : [];
  });
  return [...named, ...unnamed];
}

function readPair({ lat, lon }: Pair, rows: readonly Row[], decimalComma: boolean): PairReading {
  const numbers = numbersOf(lat, lon, rows, decimalComma);
  if (numbers.length < MIN_SHARE * Math.min(lat.filled, lon.filled) || numbers.length === 0) return 'no numbers';
  const share = (holds: (one: number, other: number) => boolean) =>
    numbers.filter(([one, other]) => holds(one, other)).length / numbers.length;
  if (share(isProjected) >= MIN_SHARE) return 'projected';
  const asNamed = share((one, other) => Math.abs(one) <= 90 && Math.abs(other) <= 180);
  const swapped = share((one, other) => Math.abs(one) <= 180 && Math.abs(other) <= 90);
  if (Math.max(asNamed, swapped) < MIN_SHARE) return 'no numbers';
  if (asNamed !== swapped) return asNamed > swapped ? 'degrees' : 'swapped';
  // Both orders are on earth: 39, -76 is a city, and -76, 39 is in Antarctica.
  const inhabited = share((one, other) => isInhabited({ lat: one, lon: other }));
  const inhabitedSwapped = share((one, other) => isInhabited({ lat: other, lon: one }));
  return inhabited < MIN_SHARE && inhabitedSwapped >= MIN_SHARE ? 'swapped' : 'degrees';
}

/** The numbers of two columns in the rows that have both, without zeros, which mean "not located". */
function numbersOf(
  a: ColumnProfile,
  b: ColumnProfile,
  rows: readonly Row[],
  decimalComma: boolean,
): [number, number][] {
  const read = (row: Row, { name }: ColumnProfile) => {
    const text = row.cells.get(columnKey(name)) ?? '';
    return text === '' ? Number.NaN : Number(decimalComma ? text.replace(',', '.') : text);
  };
  return rows
    .map((row): [number, number] => [read(row, a), read(row, b)])
    .filter(([one, other]) => Number.isFinite(one) && Number.isFinite(other) && (one !== 0 || other !== 0));
}

/** The places of some rows, by the columns of our fields. */
export function placesOf(
  columns: Readonly<Record<string, ColumnProfile>>,
  rows: readonly Row[],
  decimalComma: boolean,
): LatLon[] {
  return rows.flatMap(({ cells }) => {
    const text = (field: string) => (columns[field] ? cells.get(columnKey(columns[field].name)) : undefined);
    const reading = readPlace(text('lat'), text('lon'), [text('point'), text('pointText')], WORLD, decimalComma);
    return reading.kind === 'place' ? [reading.place] : [];
  });
}

function projectedPair({ lat, lon }: Pair, rows: readonly Row[], decimalComma: boolean): NoPlaces {
  const numbers = numbersOf(lon, lat, rows, decimalComma).filter(([x, y]) => isProjected(x, y));
  const [x, y] = numbers[numbers.length >> 1] ?? [0, 0];
  return { kind: 'projected', columns: [lon.name, lat.name], system: projectionName(x, y), example: `${x}, ${y}` };
}

function unreadablePoint({ name, examples }: ColumnProfile): NoPlaces {
  const [example = ''] = examples;
  const [x = 0, y = 0] = (example.match(/[+-]?\d+(?:\.\d+)?/g) ?? []).map(Number);
  return isProjected(x, y)
    ? { kind: 'projected', columns: [name], system: projectionName(x, y), example }
    : { kind: 'longitude-first', columns: [name], example };
}
