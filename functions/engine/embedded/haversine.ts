import type { LatLon } from '../../model/geo.ts';

const RADIANS = Math.PI / 180;

/** Degrees up to which the series below are exact to the last bits: what they leave out is less than 2e-16 of the whole. */
const NEAR_DEGREES = 2;

/** Latitude up to which they are: at a pole the cosine is the difference of two numbers that are nearly the same. */
const MOST_LATITUDE = 85;

/**
 * How much two values may differ, as a part of them, without saying which distance is longer: a thousand times what the series and
 * the model's own formula can be off.
 */
export const HAVERSINE_SLACK = 1e-12;

/**
 * Writes the haversine of the angle between an origin and each of the first `count` branches: it rises as their distance does, and near the
 * origin takes a fifth of the time, because sine and cosine are series of a few terms.
 * @param places latitude and longitude of each branch
 */
export function haversines(
  origin: LatLon,
  places: Float64Array,
  ids: Uint32Array,
  count: number,
  values: Float64Array,
): void {
  const { lat, lon } = origin;
  const cosLat = Math.cos(lat * RADIANS);
  const sinLat = Math.sin(lat * RADIANS);
  const near = Math.abs(lat) < MOST_LATITUDE ? NEAR_DEGREES : 0;
  for (let at = 0; at < count; at++) {
    const place = (ids[at] as number) * 2;
    const north = (places[place] as number) - lat;
    const east = (places[place + 1] as number) - lon;
    const byLat = north * RADIANS;
    const byLon = (east * RADIANS) / 2;
    if (Math.abs(north) < near && Math.abs(east) < near) {
      const a = sine(byLat / 2);
      const b = sine(byLon);
      values[at] = a * a + cosLat * (cosLat * cosine(byLat) - sinLat * sine(byLat)) * b * b;
      continue;
    }
    const a = Math.sin(byLat / 2);
    const b = Math.sin(byLon);
    values[at] = a * a + cosLat * Math.cos((places[place] as number) * RADIANS) * b * b;
  }
}

/** Of at most 0.035: the next terms are x^9 / 362,880 and x^8 / 40,320. */
function sine(x: number): number {
  const square = x * x;
  return x * (1 - (square / 6) * (1 - (square / 20) * (1 - square / 42)));
}
function cosine(x: number): number {
  const square = x * x;
  return 1 - (square / 2) * (1 - (square / 12) * (1 - square / 30));
}
