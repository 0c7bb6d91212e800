import type { Moment } from '../../model/hours/clock.ts';
import type { SearchQuery } from '../../model/query.ts';
import type { QueryEcho } from '../openapi/schemas/query.ts';

/** The query as `query` in a response reports it: with defaults, and after relaxation. */
export function queryEcho(query: SearchQuery, moment: Moment): QueryEcho {
  const { origin, box, time } = query;
  return {
    q: query.text.trim(),
    lat: origin?.lat ?? null,
    lon: origin?.lon ?? null,
    radius: query.radiusMetres,
    bbox: box && [box.west, box.south, box.east, box.north],
    area: [...query.area],
    category: [...query.category],
    facility: [...query.facility],
    status: query.status ?? 'any',
    hours: query.hoursKnown ? 'known' : 'any',
    at: new Date(moment.instant).toISOString(),
    open: time !== null,
    open_for: time?.forMinutes || null,
    sort: query.sort,
    scale: query.scaleMetres,
    limit: query.limit,
  };
}
