import { distanceMetres, EARTH_RADIUS_METRES } from '../../../model/geo.ts';
import type { SearchQuery } from '../../../model/query.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';

/** How many times the wanted vendors the first circle should hold. */
const ROOM = 3;
const SHORTEST_METRES = 50;
/** Half around the earth. */
const LONGEST_METRES = Math.PI * EARTH_RADIUS_METRES;

/** Whether a query asks for nothing but what is nearest: then only a circle around the origin need be looked at. */
export function isNearestOnly(query: SearchQuery): boolean {
  const { category, facility, area, facets } = query;
  const isPlain = query.text === '' && query.radiusMetres === null && query.box === null && query.after === null;
  const hasLists = category.length + facility.length + area.length + facets.length > 0;
  // Without words and time, the best is the nearest.
  const isNear = query.sort === 'distance' || (query.sort === 'best' && !query.timeAsked);
  return query.origin !== null && isNear && isPlain && !hasLists && !query.hoursKnown && query.time === null;
}

/** Radii to try in turn, until a circle holds enough; the last one holds everything. */
export function* growingRadii(limit: number, { bounds, branches }: IndexMetadata): Generator<number> {
  const corner = { lat: bounds.south, lon: bounds.west };
  const height = distanceMetres(corner, { lat: bounds.north, lon: bounds.west });
  const width = distanceMetres(corner, { lat: bounds.south, lon: bounds.east });
  const perBranch = ((height + SHORTEST_METRES) * (width + SHORTEST_METRES)) / Math.max(1, branches);
  let radius = Math.max(SHORTEST_METRES, Math.sqrt((perBranch * limit * ROOM) / Math.PI));
  for (; radius < LONGEST_METRES; radius *= 2) yield radius;
  yield Number.POSITIVE_INFINITY;
}
