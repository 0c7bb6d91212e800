import { type Box, distanceMetres, EARTH_RADIUS_METRES } from '../../../model/geo.ts';

/** The first circle should contain this many times the requested vendors. */
const SAFETY_FACTOR = 3;
const MIN_RADIUS_METRES = 50;
/** Half the circumference of the earth. */
const MAX_RADIUS_METRES = Math.PI * EARTH_RADIUS_METRES;

/**
 * Radii to try in turn until a circle contains enough vendors; the last one contains the whole earth.
 * @param branches that match, within the bounds
 * @param least the smallest radius
 */
export function* growingRadii(limit: number, bounds: Box, branches: number, least = 0): Generator<number> {
  const corner = { lat: bounds.south, lon: bounds.west };
  const height = distanceMetres(corner, { lat: bounds.north, lon: bounds.west });
  const width = distanceMetres(corner, { lat: bounds.south, lon: bounds.east });
  const areaPerBranch = ((height + MIN_RADIUS_METRES) * (width + MIN_RADIUS_METRES)) / Math.max(1, branches);
  let radius = Math.max(MIN_RADIUS_METRES, least, Math.sqrt((areaPerBranch * limit * SAFETY_FACTOR) / Math.PI));
  for (; radius < MAX_RADIUS_METRES; radius *= 2) yield radius;
  yield Number.POSITIVE_INFINITY;
}
