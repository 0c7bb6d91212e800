import type { Box } from '../../model/geo.ts';
import type { OpenState } from '../../model/hours/open-state.ts';
import { WEEK } from '../../model/hours/week.ts';
import type { FacetName, SearchQuery } from '../../model/query.ts';
import { anyOf } from './clause-queries.ts';
import { cut } from './document.ts';
import type { Json } from './mapping.ts';

/** The conditions on a branch that no facet leaves out. `null` when nothing can meet them. */
export function placeFilters({ origin, radiusMetres, box, status, hoursKnown }: SearchQuery): Json[] | null {
  const filters: Json[] = [];
  if (radiusMetres !== null) {
    if (origin === null) return null;
    // A geo_point is up to 1 cm off its place, and the cluster refuses a radius of 0.
    const distance = `${Math.max(radiusMetres, 0.01)}m`;
    filters.push({ geo_distance: { distance, distance_type: 'arc', 'branches.place': origin } });
  }
  if (box !== null) filters.push(...boxFilters(box));
  if (hoursKnown) filters.push({ term: { 'branches.hours_known': true } });
  if (status !== null) filters.push({ term: { 'branches.status': cut(status) } });
  return filters;
}

/** On the coordinates as they were published: edges count, and -180 and 180 are one meridian. */
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

/** The filter of each group that the query has one of. */
export function groupFilters(query: SearchQuery): ReadonlyMap<FacetName, Json> {
  const filters = new Map<FacetName, Json>();
  for (const group of ['category', 'facility', 'area'] as const) {
    if (query[group].length > 0) filters.set(group, { terms: { [`branches.${group}_key`]: query[group].map(cut) } });
  }
  if (query.time) {
    const { open } = stateFilters(query);
    filters.set('open', query.time.unknownToo ? anyOf([open, UNSURE]) : open);
  }
  return filters;
}

const UNSURE: Json = { term: { 'branches.hours_unsure': true } };

/** The branches in each state at the query's minute, for as long as it asks. */
export function stateFilters({ minute, time }: SearchQuery): Record<OpenState, Json> {
  const minutes = Math.max(1, time?.forMinutes ?? 0);
  // A stretch over the seam of the week ends after it: it is found by the same minutes of the week after.
  const all = (gte: number): Json => ({
    range: { 'branches.open': { gte, lte: gte + minutes - 1, relation: 'contains' } },
  });
  const open = anyOf([all(minute), all(minute + WEEK)]);
  return {
    open,
    unknown: { bool: { filter: [UNSURE], must_not: [open] } },
    closed: { bool: { must_not: [UNSURE, open] } },
  };
}
