import { type Box, boxContains, type LatLon } from '../../functions/model/geo.ts';
import type { City } from '../city.ts';
import type { Table } from '../table/table.ts';
import { type Columns, resolveColumns } from './columns.ts';
import type { DroppedRow } from './row-audit.ts';

type Ring = readonly LatLon[];

export type Areas = {
  /** The name of the area that contains the point, or `null`. If areas overlap, the first in the source. */
  areaOf(point: LatLon): string | null;
  readonly names: readonly string[];
  readonly rowsIn: number;
  readonly dropped: readonly DroppedRow[];
  readonly columns: Pick<Columns, 'missing' | 'unknown'>;
};

/** `areaOf` for a city without areas. */
export function noArea(): null {
  return null;
}

/**
 * Reads a city's neighbourhoods: one row each, with a name and polygons as GeoJSON or WKT.
 * @throws Error when a required column is missing ({@link resolveColumns}).
 */
export function readAreas(city: City, table: Table): Areas {
  const spec = city.sources.areas;
  if (!spec) throw new Error(`${city.facts.id} has no areas: leave that source out`);
  const columns = resolveColumns('areas', spec, table);
  const areas: { name: string; box: Box; polygons: Ring[][] }[] = [];
  const dropped: DroppedRow[] = [];
  for (const row of table.rows) {
    const name = columns.read(row, 'name');
    const polygons = readPolygons(columns.read(row, 'geometry') ?? '');
    if (name && polygons) areas.push({ name, box: boxOf(polygons.flat(2)), polygons });
    else {
      const reason = name ? 'bad_geometry' : 'no_name';
      dropped.push({ id: name ?? null, line: row.line, reason, detail: 'an area needs a name and polygons' });
    }
  }
  return {
    areaOf: (point) =>
      areas.find(({ box, polygons }) => boxContains(box, point) && polygons.some((rings) => isInside(rings, point)))
        ?.name ?? null,
    names: [...new Set(areas.map(({ name }) => name))],
    rowsIn: table.rows.length,
    dropped,
    columns,
  };
}

/** Even-odd rule over all rings, so holes are outside. A point on a shared border belongs to one side only. */
function isInside(rings: readonly Ring[], { lat, lon }: LatLon): boolean {
  let inside = false;
  for (const ring of rings) {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from && from.lat > lat !== to.lat > lat) {
        if (lon < ((to.lon - from.lon) * (lat - from.lat)) / (to.lat - from.lat) + from.lon) inside = !inside;
      }
      from = to;
    }
  }
  return inside;
}

function boxOf(points: readonly LatLon[]): Box {
  let box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { lat, lon } of points) {
    box = {
      west: Math.min(box.west, lon),
      south: Math.min(box.south, lat),
      east: Math.max(box.east, lon),
      north: Math.max(box.north, lat),
    };
  }
  return box;
}

/** Each polygon's rings, the outer one first; `undefined` if there are none. */
function readPolygons(text: string): Ring[][] | undefined {
  const trimmed = text.trim();
  try {
    const polygons = trimmed.startsWith('{') ? fromGeoJson(JSON.parse(trimmed)) : fromWkt(trimmed);
    const points = polygons.flat(2);
    if (points.length > 2 && points.every(({ lat, lon }) => Number.isFinite(lat) && Number.isFinite(lon)))
      return polygons;
  } catch {
    // The caller counts an unreadable geometry like a missing one.
  }
  return undefined;
}

function fromGeoJson({ type, coordinates }: { type?: string; coordinates?: number[][][] | number[][][][] }): Ring[][] {
  const polygons = type === 'MultiPolygon' ? coordinates : type === 'Polygon' ? [coordinates] : [];
  return (polygons as number[][][][]).map((rings) =>
    rings.map((ring) => ring.map(([lon = Number.NaN, lat = Number.NaN]) => ({ lat, lon }))),
  );
}

/** `MULTIPOLYGON (((lon lat, …)))`, as in the portal's CSV exports. */
function fromWkt(text: string): Ring[][] {
  const match = /^(MULTI)?POLYGON\s*(\(.*\))$/is.exec(text);
  if (!match?.[2]) return [];
  const json = match[2]
    .replace(/([-\d.e]+)\s+([-\d.e]+)/gi, '[$1,$2]')
    .replace(/\(/g, '[')
    .replace(/\)/g, ']');
  const coordinates = JSON.parse(json);
  return fromGeoJson(match[1] ? { type: 'MultiPolygon', coordinates } : { type: 'Polygon', coordinates });
}
