import type { Box } from '../../model/geo.ts';
import { type OpenState, THAT_MINUTE } from '../../model/hours/open-state.ts';
import { WEEK } from '../../model/hours/week.ts';
import type { FacetName, SearchQuery } from '../../model/query.ts';
import { anyOf } from './clause-queries.ts';
import { truncateTerm } from './document.ts';
import type { Json } from './mapping.ts';

/** The filters that apply to every facet; `null` when no branch can pass them. */
export function baseFilters({ origin, radiusMetres, box, status, hoursKnown }: SearchQuery): Json[] | null {
  const filters: Json[] = [];
  if (radiusMetres !== null) {
    if (origin === null) return null;
    // At least 1 cm: a geo_point is rounded by up to 1 cm, and the cluster rejects a radius of 0.
    const distance = `${Math.max(radiusMetres, 0.01)}m`;
    filters.push({ geo_distance: { distance, distance_type: 'arc', 'branches.place': origin } });
  }
  if (box !== null) filters.push(...boxFilters(box));
  if (hoursKnown) filters.push({ term: { 'branches.hours_known': true } });
  if (status !== null) filters.push({ term: { 'branches.status': truncateTerm(status) } });
  return filters;
}

/** On the exact coordinates: edges are inside, and -180 and 180 are the same meridian. */
function boxFilters({ west, south, east, north }: Box): Json[] {
  const lon = (range: Json): Json => ({ range: { 'branches.lon': range } });
  const meridian = (at: number): Json => ({ term: { 'branches.lon': at } });
  const across =
    west <= east
      ? [
          lon({ gte: west, lte: east }),
          ...(west === -180 ? [meridian(180)] : []),
          ...(east === 180 ? [meridian(-180)] : []),
        ]
      : [lon({ gte: west }), lon({ lte: east })];
  return [{ range: { 'branches.lat': { gte: south, lte: north } } }, anyOf(across)];
}

/** The query's facet filters by facet. */
export function facetFilters(query: SearchQuery): ReadonlyMap<FacetName, Json> {
  const filters = new Map<FacetName, Json>();
  for (const facet of ['category', 'facility', 'area'] as const) {
    const values = query[facet].map(truncateTerm);
    if (values.length > 0) filters.set(facet, { terms: { [`branches.${facet}_key`]: values } });
  }
  if (query.time) {
    const { open } = stateFilters(query);
    filters.set('open', query.time.unknownToo ? anyOf([open, UNKNOWN_HOURS]) : open);
  }
  return filters;
}

const UNKNOWN_HOURS: Json = { term: { 'branches.hours_unsure': true } };

/** The filter of each open state at the query's minute and, if asked, in the minutes after it. */
export function stateFilters({ minute, time }: SearchQuery): Record<OpenState, Json> {
  const { forMinutes, withinMinutes } = time ?? THAT_MINUTE;
  const minutes = Math.max(1, forMinutes, withinMinutes);
  const relation = withinMinutes > 0 ? 'intersects' : 'contains';
  const openFrom = (gte: number): Json => ({
    range: { 'branches.open': { gte, lte: gte + minutes - 1, relation } },
  });
  // Hours that cross the end of the week are stored beyond it, so they are also searched one week later. Minutes that cross it also
  // reach the hours at the beginning of the week.
  const crosses = withinMinutes > 0 && minute + minutes > WEEK;
  const open = anyOf([openFrom(minute), openFrom(minute + WEEK), ...(crosses ? [openFrom(minute - WEEK)] : [])]);
  return {
    open,
    unknown: { bool: { filter: [UNKNOWN_HOURS], must_not: [open] } },
    closed: { bool: { must_not: [UNKNOWN_HOURS, open] } },
  };
}
