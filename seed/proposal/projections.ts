/** Half of the circumference of Web Mercator's square, in metres. */
const MERCATOR_LIMIT = 20_048_967;

/** Larger numbers are not degrees, and are unlikely to be degrees that lost their decimal point. */
const MIN_PROJECTED = 1_000;

/** Whether two numbers are metres or feet of a map projection. */
export function isProjected(x: number, y: number): boolean {
  return Math.max(Math.abs(x), Math.abs(y)) > MIN_PROJECTED;
}

/**
 * What two numbers of a map projection probably are, for a message. Numbers alone do not identify a projection: only Web Mercator has
 * large negative ones, and the others overlap.
 * @param x the easting of a typical place, and `y` its northing
 */
export function projectionName(x: number, y: number): string {
  const [east, north] = [Math.abs(x), Math.abs(y)];
  const isMercator = east <= MERCATOR_LIMIT && north <= MERCATOR_LIMIT;
  if (isMercator && (x < -100_000 || y < -100_000)) return 'metres of Web Mercator (EPSG:3857)';
  // False easting of UTM is 500 km, and a zone is at most 334 km wide on either side.
  if (east >= 166_000 && east <= 834_000 && north > 1_300_000 && north <= 10_000_000) return 'metres of a UTM zone';
  if (east < 1_000_000 && north < 1_300_000) return 'metres of a national grid or feet of a State Plane zone';
  return 'feet of a State Plane zone (United States) or metres of Web Mercator';
}
