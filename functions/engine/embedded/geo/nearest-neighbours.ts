import { type Box, distanceMetres, EARTH_RADIUS_METRES } from '../../../model/geo.ts';
import { EVERYTHING, type SearchQuery } from '../../../model/query.ts';

/** The first circle should contain this many times the requested vendors. */
const SAFETY_FACTOR = 3;
const MIN_RADIUS_METRES = 50;
/** Half the circumference of the earth. */
const MAX_RADIUS_METRES = Math.PI * EARTH_RADIUS_METRES;

/**
 * Fields that may have any value in a nearest-neighbour search: they change the order, the scores or the size of the page, or nothing
 * without a text and a time; the index metadata has the totals of each status. `origin`, `sort` and `timeAsked` have conditions of
 * their own.
 */
const UNRESTRICTED: ReadonlySet<keyof SearchQuery> = new Set([
  'typos',
  'origin',
  'status',
  'minute',
  'timeAsked',
  'sort',
  'scaleMetres',
  'limit',
]);

/** Every other field, also one that is added later, must have its value in {@link EVERYTHING}. */
const RESTRICTED = (Object.keys(EVERYTHING) as (keyof SearchQuery)[]).filter((field) => !UNRESTRICTED.has(field));

/**
 * Whether a query asks only for the nearest vendors: its totals are then known, and only a circle around the origin needs to be searched.
 */
export function isNearestOnly(query: SearchQuery): boolean {
  if (query.origin === null) return false;
  // Without words and a time, the best are the nearest.
  if (query.sort !== 'distance' && (query.sort !== 'best' || query.timeAsked)) return false;
  return RESTRICTED.every((field) => isSame(query[field], EVERYTHING[field]));
}

function isSame(value: unknown, other: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 && Array.isArray(other) && other.length === 0 : value === other;
}

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
