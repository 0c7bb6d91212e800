import { isOnEarth, type LatLon } from '../../functions/model/geo.ts';
import { parseGeometry, polygonsOf } from '../record/geometry.ts';

export type Outline = readonly (readonly LatLon[])[];

/** The rings of GeoJSON's polygons, holes too; a text says why there are none. */
export function readOutline(geojson: string): Outline | string {
  const geometry = parseGeometry(geojson);
  const rings = geometry && polygonsOf(geometry)?.flat();
  if (!rings) return 'must be GeoJSON with one geometry, a Polygon or a MultiPolygon';
  const at = rings.findIndex((ring) => !isRing(ring));
  return at < 0 ? rings : `ring ${at + 1} is not a closed ring of longitudes and latitudes in degrees`;
}

function isRing(ring: readonly LatLon[]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 3 && first?.lat === last?.lat && first?.lon === last?.lon && ring.every(isOnEarth);
}
