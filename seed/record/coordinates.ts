import { type Box, boxContains, isOnEarth, type LatLon } from '../../functions/model/geo.ts';

/** The place in a row's cells, or why there is none. */
export type PlaceReading =
  | { readonly kind: 'place'; readonly place: LatLon }
  /** Blank, or 0,0: since 2017 the city's way of writing "not located". */
  | { readonly kind: 'none' }
  | { readonly kind: 'bad_place' | 'outside_bounds'; readonly detail: string };

type Pair = { readonly lat: string; readonly lon: string };

/**
 * Reads a row's place from its latitude and longitude cells, else from the first combined cell with a place within the bounds
 * (edges included).
 * @param combined texts in any form of {@link readPoint}
 */
export function readPlace(
  lat: string | undefined,
  lon: string | undefined,
  combined: readonly (string | undefined)[],
  bounds: Box,
): PlaceReading {
  const readings = [
    lat === undefined && lon === undefined ? undefined : judge({ lat: lat ?? '', lon: lon ?? '' }, bounds),
    ...combined.map((text) => (text === undefined ? undefined : readPoint(text, bounds))),
  ].filter((reading) => reading !== undefined);
  return (
    readings.find((reading) => reading.kind === 'place') ??
    readings.find((reading) => reading.kind !== 'none') ?? { kind: 'none' }
  );
}

/**
 * Reads a point written as one text: `(lat, lon)` and `lat, lon`, also after an address and newlines (the portal's CSV
 * of 2023), `POINT (lon lat)` (2020), a GeoJSON point (lon first), `{latitude, longitude}` (JSON since 2014), and the
 * array `[address, lat, lon, …]` of `rows.json`.
 */
export function readPoint(text: string, bounds: Box): PlaceReading {
  const trimmed = text.trim();
  if (!/\d/.test(trimmed)) return { kind: 'none' };
  const pair = trimmed.length > MAX_POINT_LENGTH ? undefined : (asJson(trimmed) ?? asWkt(trimmed) ?? asPair(trimmed));
  return pair ? judge(pair, bounds) : { kind: 'bad_place', detail: `no coordinates in ${shown(trimmed)}` };
}

/** Characters; the longest real point has 200. */
const MAX_POINT_LENGTH = 2_000;

function asWkt(text: string): Pair | undefined {
  const match = /^(?:SRID=\d+;\s*)?POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)$/i.exec(text);
  return match ? { lat: match[2] ?? '', lon: match[1] ?? '' } : undefined;
}

function asPair(text: string): Pair | undefined {
  const match = /(?:^|[(\s])([^\s(),]+)\s*,\s*([^\s(),]+)\s*\)?$/.exec(text);
  return match ? { lat: match[1] ?? '', lon: match[2] ?? '' } : undefined;
}

function asJson(text: string): Pair | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (Array.isArray(value)) return { lat: cell(value[1]), lon: cell(value[2]) };
  const { latitude, longitude, coordinates } = value as Record<string, unknown>;
  if (Array.isArray(coordinates)) return { lat: cell(coordinates[1]), lon: cell(coordinates[0]) };
  if (latitude === undefined && longitude === undefined) return undefined;
  return { lat: cell(latitude), lon: cell(longitude) };
}

function cell(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function judge({ lat, lon }: Pair, bounds: Box): PlaceReading {
  const place = { lat: degrees(lat), lon: degrees(lon) };
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
  const swapped = boxContains(bounds, { lat: place.lon, lon: place.lat });
  return {
    kind: 'outside_bounds',
    detail: swapped ? `${given}: it would be inside if they were swapped` : given,
  };
}

/** Decimal degrees; NaN for anything else (a decimal comma, degrees and minutes). */
function degrees(text: string): number {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) + 0 : Number.NaN;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
