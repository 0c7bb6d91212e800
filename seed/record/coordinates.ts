import { type Box, boxContains, isOnEarth, type LatLon } from '../../functions/model/geo.ts';
import { parseGeometry, parseJson, pointInside } from './geometry.ts';

/** What would bring a place into the city. */
export type PlaceHint = 'swapped' | 'missing_minus';

/** The place in a row's cells, or why there is none. */
export type PlaceReading =
  /** `shape`: the type of the geometry if it is not a point; the place is a point inside it. */
  | { readonly kind: 'place'; readonly place: LatLon; readonly shape?: string }
  /** Blank, or 0,0: since 2017 the city's way of writing "not located". */
  | { readonly kind: 'none' }
  | { readonly kind: 'bad_place'; readonly detail: string }
  | { readonly kind: 'outside_bounds'; readonly detail: string; readonly hint?: PlaceHint };

type Pair = { readonly lat: string; readonly lon: string };

/**
 * Reads a row's place from its latitude and longitude cells, else from the first combined cell with a place within the bounds
 * (edges included).
 * @param combined texts in any form of {@link readPoint}
 * @param decimalComma whether `37,77` is a number: in a table whose delimiter is not the comma
 */
export function readPlace(
  lat: string | undefined,
  lon: string | undefined,
  combined: readonly (string | undefined)[],
  bounds: Box,
  decimalComma = false,
): PlaceReading {
  const readings = [
    lat === undefined && lon === undefined
      ? undefined
      : judge({ lat: lat ?? '', lon: lon ?? '' }, bounds, decimalComma),
    ...combined.map((text) => (text === undefined ? undefined : readPoint(text, bounds, decimalComma))),
  ].filter((reading) => reading !== undefined);
  return (
    readings.find((reading) => reading.kind === 'place') ??
    readings.find((reading) => reading.kind !== 'none') ?? { kind: 'none' }
  );
}

/**
 * Reads a point written as one text: `(lat, lon)` and `lat, lon`, also after an address and newlines (the portal's CSV
 * of 2023), a shape of {@link parseGeometry}, `{latitude, longitude}` (JSON since 2014) under its usual names, two numbers in
 * brackets in the order that is within the bounds, and the array `[address, lat, lon, …]` of `rows.json`.
 */
export function readPoint(text: string, bounds: Box, decimalComma = false): PlaceReading {
  const trimmed = text.trim();
  if (!/\d/.test(trimmed)) return { kind: 'none' };
  const geometry = parseGeometry(trimmed);
  if (geometry) {
    const point = pointInside(geometry);
    if (!point) return { kind: 'bad_place', detail: `a ${geometry.type} and no point: ${shown(trimmed)}` };
    const reading = judge({ lat: cell(point[1]), lon: cell(point[0]) }, bounds);
    return reading.kind === 'place' && geometry.type !== 'Point' ? { ...reading, shape: geometry.type } : reading;
  }
  const pairs = trimmed.length > MAX_POINT_LENGTH ? [] : (fromJson(trimmed) ?? fromText(trimmed, decimalComma));
  const readings = pairs.map((pair) => judge(pair, bounds, decimalComma));
  return (
    readings.find(({ kind }) => kind === 'place') ??
    readings[0] ?? { kind: 'bad_place', detail: `no coordinates in ${shown(trimmed)}` }
  );
}

/** Characters; the longest real point has 200. */
const MAX_POINT_LENGTH = 2_000;

function fromText(written: string, decimalComma: boolean): Pair[] {
  const text = written.replace(/\s+/g, ' ');
  const match =
    (decimalComma && /(?:^|[(\s])([+-]?\d+,\d+)\s*[;,\s]\s*([+-]?\d+,\d+)\s*\)?$/.exec(text)) ||
    /(?:^|[(\s])([^\s(),]+)\s*,\s*([^\s(),]+)\s*\)?$/.exec(text);
  return match ? [{ lat: match[1] ?? '', lon: match[2] ?? '' }] : [];
}

/** Names of the members of a JSON object, folded to lower case. */
const LATITUDES = ['latitude', 'lat', 'y'];
const LONGITUDES = ['longitude', 'lon', 'lng', 'long', 'x'];

/** @returns `undefined` if the text is not JSON; the pair, or two where the order is open */
function fromJson(text: string): Pair[] | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  const value = parseJson(text);
  if (Array.isArray(value)) {
    const [first, second, third] = value.map(cell);
    if (value.length > 2) return [{ lat: second ?? '', lon: third ?? '' }];
    const [one, other] = [first ?? '', second ?? ''];
    return [
      { lat: one, lon: other },
      { lat: other, lon: one },
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  const members = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
  const [lat, lon] = [LATITUDES, LONGITUDES].map((names) => members.get(names.find((name) => members.has(name)) ?? ''));
  return lat === undefined && lon === undefined ? [] : [{ lat: cell(lat), lon: cell(lon) }];
}

function cell(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function judge({ lat, lon }: Pair, bounds: Box, decimalComma = false): PlaceReading {
  const place = { lat: degrees(lat, decimalComma), lon: degrees(lon, decimalComma) };
  const blank = { lat: lat.trim() === '', lon: lon.trim() === '' };
  const given = `latitude ${shown(lat)}, longitude ${shown(lon)}`;
  if (blank.lat && blank.lon) return { kind: 'none' };
  if (place.lat === 0 && place.lon === 0) return { kind: 'none' };
  if ((blank.lat && place.lon === 0) || (blank.lon && place.lat === 0)) return { kind: 'none' };
  if (blank.lat || blank.lon) return { kind: 'bad_place', detail: `only one coordinate: ${given}` };
  if (Number.isNaN(place.lat) || Number.isNaN(place.lon))
    return { kind: 'bad_place', detail: `not a number: ${given}` };
  if (boxContains(bounds, place) && isOnEarth(place)) return { kind: 'place', place };
  if (place.lat === 0 || place.lon === 0) return { kind: 'bad_place', detail: `only one coordinate: ${given}` };
  const hint = placeHint(place, bounds);
  return hint
    ? { kind: 'outside_bounds', detail: `${given}: ${HINTS[hint]}`, hint }
    : { kind: 'outside_bounds', detail: given };
}

/** The end of a sentence about places outside the city. */
const HINTS: Readonly<Record<PlaceHint, string>> = {
  swapped: 'it would be inside if they were swapped',
  missing_minus: 'it would be inside with the other sign',
};

/** What would bring a place within the bounds, if anything does. */
export function placeHint({ lat, lon }: LatLon, bounds: Box): PlaceHint | undefined {
  const isWithin = (place: LatLon) => boxContains(bounds, place);
  if (isWithin({ lat: lon, lon: lat })) return 'swapped';
  if ([-1, 1].some((sign) => isWithin({ lat: sign * lat, lon: -lon }) || isWithin({ lat: -lat, lon: sign * lon })))
    return 'missing_minus';
  return [-1, 1].some((sign) => isWithin({ lat: sign * lon, lon: -lat }) || isWithin({ lat: -lon, lon: sign * lat }))
    ? 'swapped'
    : undefined;
}

/** Characters; the longest real number has 40. */
const MAX_NUMBER_LENGTH = 200;

/** Decimal degrees; NaN for anything else (degrees and minutes). */
function degrees(text: string, decimalComma: boolean): number {
  if (text.length > MAX_NUMBER_LENGTH) return Number.NaN;
  const number = decimalComma ? text.replace(/^(\s*[+-]?\d+),(\d+\s*)$/, '$1.$2') : text;
  return /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(number) ? Number(number) + 0 : Number.NaN;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
