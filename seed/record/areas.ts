import { type Box, boxContains, type LatLon } from '../../functions/model/geo.ts';
import type { City } from '../city.ts';
import type { Table } from '../table/table.ts';
import { type Columns, resolveColumns } from './columns.ts';
import { placeHint } from './coordinates.ts';
import { isInside, parseGeometry, polygonsOf, type Rings } from './geometry.ts';
import type { DroppedRow, RowNote } from './row-audit.ts';
import { filteredOut } from './row-filter.ts';

export type Areas = {
  /** The name of the area that contains the point, or `null`. If areas overlap, the one with the smallest box. */
  areaOf(point: LatLon): string | null;
  readonly names: readonly string[];
  readonly rowsIn: number;
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
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
  const areas: { name: string; key: string; box: Box; polygons: Rings[] }[] = [];
  const dropped: DroppedRow[] = [];
  const notes: RowNote[] = [];
  for (const row of table.rows) {
    const name = columns.read(row, 'name');
    for (const detail of columns.longCells(row)) {
      notes.push({ id: name ?? null, line: row.line, kind: 'long_cell', detail });
    }
    const filtered = filteredOut(spec, columns, row);
    if (filtered !== null) {
      dropped.push({ id: name ?? null, line: row.line, reason: 'filtered', detail: filtered });
      continue;
    }
    const geometry = parseGeometry(columns.read(row, 'geometry') ?? '');
    const polygons = geometry && polygonsOf(geometry);
    if (name && polygons) {
      const box = boxOf(polygons.flat(2));
      areas.push({ name, key: JSON.stringify([name, polygons]), box, polygons });
      const note = areaNote(box, city.facts.bounds);
      if (note) notes.push({ id: name, line: row.line, ...note });
    } else {
      const reason = name ? 'bad_geometry' : 'no_name';
      dropped.push({ id: name ?? null, line: row.line, reason, detail: 'an area needs a name and polygons' });
    }
  }
  areas.sort((a, b) => sizeOf(a.box) - sizeOf(b.box) || (a.key < b.key ? -1 : Number(a.key > b.key)));
  return {
    areaOf: (point) =>
      areas.find(({ box, polygons }) => boxContains(box, point) && polygons.some((rings) => isInside(rings, point)))
        ?.name ?? null,
    names: [...new Set(areas.map(({ name }) => name))],
    rowsIn: table.rows.length,
    dropped,
    notes,
    columns,
  };
}

/** A note if the area is nowhere near the city: its axes may be swapped, or its coordinates projected. */
function areaNote(
  { west, south, east, north }: Box,
  bounds: Box,
): Pick<RowNote, 'kind' | 'detail' | 'hint'> | undefined {
  const isNear = west <= bounds.east && east >= bounds.west && south <= bounds.north && north >= bounds.south;
  if (isNear || bounds.west > bounds.east) return undefined;
  const hint = placeHint({ lat: (south + north) / 2, lon: (west + east) / 2 }, bounds);
  const detail = `latitudes ${south} to ${north}, longitudes ${west} to ${east}`;
  return hint ? { kind: 'area_outside', detail, hint } : { kind: 'area_outside', detail };
}

function sizeOf({ west, south, east, north }: Box): number {
  return (east - west) * (north - south);
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
