/** A place on the WGS84 ellipsoid, in degrees: `lat` -90..90, `lon` -180..180. */
export type LatLon = { readonly lat: number; readonly lon: number };

/**
 * A rectangle in degrees, edges included. `west > east` means that it crosses the 180th meridian, as in
 * RFC 7946 section 5.2 and OGC API Features.
 */
export type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

/** The earth's mean radius in metres, with Lucene's digits, so that every engine computes the same distance. */
export const EARTH_RADIUS_METRES = 6_371_008.7714;

const RADIANS = Math.PI / 180;

/** Great-circle distance in metres on a sphere. Haversine is accurate enough for any two points, antipodes included. */
export function distanceMetres(a: LatLon, b: LatLon): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Whether a place is inside a box or on its edge. -180 and 180 are one meridian. */
export function boxContains(box: Box, { lat, lon }: LatLon): boolean {
  if (lat < box.south || lat > box.north) return false;
  if (Math.abs(lon) === 180) return within(box, 180) || within(box, -180);
  return within(box, lon);
}

function within({ west, east }: Box, lon: number): boolean {
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** Whether both are valid degrees. NaN fails; 0,0 passes, although in data it mostly means "no coordinates". */
export function isOnEarth({ lat, lon }: LatLon): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

/**
 * Rounds a caller's position to 4 decimals (at most 8 m off) before it is searched, echoed, cached or logged: callers close to each
 * other share a cached response, and no exact position is stored.
 */
export function roundOrigin({ lat, lon }: LatLon): LatLon {
  return { lat: Math.round(lat * 1e4) / 1e4 + 0, lon: Math.round(lon * 1e4) / 1e4 + 0 };
}
