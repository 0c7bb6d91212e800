import type { LatLon } from '../../functions/model/geo.ts';

/** A shape in the form of GeoJSON, longitude first. Its coordinates are unchecked. */
export type Geometry = { readonly type: string; readonly coordinates: unknown };

/** The first is the outline, the others are holes. */
export type Rings = readonly (readonly LatLon[])[];

/**
 * Reads a shape written as text: GeoJSON (a geometry, a Feature, or a collection of one) or WKT with or without SRID, Z and M.
 * @returns `undefined` for any other text, and for a shape without coordinates
 */
export function parseGeometry(text: string): Geometry | undefined {
  const trimmed = text.trim();
  return trimmed.startsWith('{') ? geometryOf(parseJson(trimmed)) : fromWkt(trimmed);
}

/** The value of JSON, or of what Python prints for a dictionary: `{'lat': 37.77, 'lon': -122.41}`. */
export function parseJson(text: string): unknown {
  for (const json of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(json);
    } catch {
      // The next notation may fit.
    }
  }
  return undefined;
}

/** The geometry of a JSON value that is one, or has one in a Feature or a collection of one. */
function geometryOf(value: unknown): Geometry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, geometry, features, geometries, coordinates } = value as Record<string, unknown>;
  if (type === 'Feature') return geometryOf(geometry);
  const members = type === 'FeatureCollection' ? features : type === 'GeometryCollection' ? geometries : undefined;
  if (Array.isArray(members))
    return members.length === 1 ? geometryOf(members[0]) : { type: String(type), coordinates: [] };
  if (!Array.isArray(coordinates)) return undefined;
  return { type: typeof type === 'string' ? type : 'Point', coordinates };
}

const WKT = /^(?:SRID=\d+;\s*)?([A-Z]+)\s*(?:(?:ZM?|M)\s*)?(\(.*\))$/is;

const TYPES: ReadonlyMap<string, string> = new Map(
  ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'].map((name) => [
    name.toUpperCase(),
    name,
  ]),
);

function fromWkt(text: string): Geometry | undefined {
  if (/^(?:SRID=\d+;\s*)?GEOMETRYCOLLECTION\b/i.test(text)) return { type: 'GeometryCollection', coordinates: [] };
  const match = WKT.exec(text);
  const type = TYPES.get(match?.[1]?.toUpperCase().replace(/(?<=T|N|G)(?:ZM?|M)$/, '') ?? '');
  if (!type || !match?.[2]) return undefined;
  const json = match[2]
    .replace(/[^(),]+/g, (numbers) => (numbers.trim() === '' ? '' : `[${numbers.trim().split(/\s+/).join(',')}]`))
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    const coordinates: unknown[] = JSON.parse(json);
    if (type === 'Point') return { type, coordinates: coordinates[0] };
    // Both notations are common: MULTIPOINT (1 2, 3 4) and MULTIPOINT ((1 2), (3 4)).
    const isNested = type === 'MultiPoint' && Array.isArray(coordinates[0]) && Array.isArray(coordinates[0][0]);
    return { type, coordinates: isNested ? coordinates.flat() : coordinates };
  } catch {
    return undefined;
  }
}

/** The polygons of a Polygon or MultiPolygon, with at least three points each; `undefined` if it is another shape or has none. */
export function polygonsOf({ type, coordinates }: Geometry): Rings[] | undefined {
  const polygons = type === 'MultiPolygon' ? coordinates : type === 'Polygon' ? [coordinates] : [];
  try {
    const read = (polygons as number[][][][]).map((rings) =>
      rings.map((ring) => ring.map(([lon = Number.NaN, lat = Number.NaN]) => ({ lat, lon }))),
    );
    const points = read.flat(2);
    const areNumbers = points.every(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon));
    return points.length > 2 && areNumbers ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Even-odd rule over all rings, so holes are outside. A point on a shared border belongs to one side only. */
export function isInside(rings: Rings, { lat, lon }: LatLon): boolean {
  return crossings(rings, lat).filter((crossing) => lon < crossing).length % 2 === 1;
}

/** The longitudes at which the rings cross a latitude. */
function crossings(rings: Rings, lat: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from && from.lat > lat !== to.lat > lat) {
        found.push(((to.lon - from.lon) * (lat - from.lat)) / (to.lat - from.lat) + from.lon);
      }
      from = to;
    }
  }
  return found;
}

/**
 * A point for a shape, as `[lon, lat]`: of several points the one closest to their middle, of polygons one inside the largest: its
 * centre of gravity, or, if that is outside, the middle of the widest stretch at half its height.
 * @returns `undefined` for lines and for unreadable coordinates
 */
export function pointInside(geometry: Geometry): readonly [unknown, unknown] | undefined {
  const { type, coordinates } = geometry;
  if (type === 'Point') return Array.isArray(coordinates) ? [coordinates[0], coordinates[1]] : undefined;
  if (type === 'MultiPoint') {
    const points = (coordinates as unknown[]).flatMap((one) => {
      const [lon, lat] = Array.isArray(one) ? one.map(Number) : [];
      return lon !== undefined && lat !== undefined && Number.isFinite(lon + lat) ? [{ lat, lon }] : [];
    });
    const closest = closestTo(middleOf(points), points);
    return closest && [closest.lon, closest.lat];
  }
  const polygons = (polygonsOf(geometry) ?? []).filter(([outline]) => outline && outline.length > 2);
  const largest = polygons.sort((a, b) => Math.abs(weighed(b[0] ?? []).area) - Math.abs(weighed(a[0] ?? []).area))[0];
  const inside = largest && insideOf(largest);
  return inside && [inside.lon, inside.lat];
}

function insideOf(rings: Rings): LatLon {
  const outline = rings[0] ?? [];
  const { area, center } = weighed(outline);
  if (area !== 0 && isInside(rings, center)) return center;
  const lats = outline.map(({ lat }) => lat);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const sorted = crossings(rings, lat).sort((a, b) => a - b);
  let widest: readonly [number, number] | undefined;
  for (let at = 0; at + 1 < sorted.length; at += 2) {
    const stretch = [sorted[at] ?? 0, sorted[at + 1] ?? 0] as const;
    if (!widest || stretch[1] - stretch[0] > widest[1] - widest[0]) widest = stretch;
  }
  return widest ? { lat, lon: (widest[0] + widest[1]) / 2 } : middleOf(outline);
}

/** Signed area and centre of gravity of a ring, relative to its first point so that small shapes keep their digits. */
function weighed(ring: readonly LatLon[]): { area: number; center: LatLon } {
  const base = ring[0] ?? { lat: 0, lon: 0 };
  let [area, lat, lon] = [0, 0, 0];
  let from = ring.at(-1) ?? base;
  for (const to of ring) {
    const [x, y, toX, toY] = [from.lon - base.lon, from.lat - base.lat, to.lon - base.lon, to.lat - base.lat];
    const cross = x * toY - toX * y;
    area += cross;
    lon += (x + toX) * cross;
    lat += (y + toY) * cross;
    from = to;
  }
  return { area: area / 2, center: { lat: base.lat + lat / (3 * area), lon: base.lon + lon / (3 * area) } };
}

function middleOf(points: readonly LatLon[]): LatLon {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { lat: mean(points.map(({ lat }) => lat)), lon: mean(points.map(({ lon }) => lon)) };
}

function closestTo(middle: LatLon, points: readonly LatLon[]): LatLon | undefined {
  const square = ({ lat, lon }: LatLon) => (lat - middle.lat) ** 2 + (lon - middle.lon) ** 2;
  return [...points].sort((a, b) => square(a) - square(b) || a.lat - b.lat || a.lon - b.lon)[0];
}
