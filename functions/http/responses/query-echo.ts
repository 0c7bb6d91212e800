import type { SearchQuery } from '../../model/query.ts';
import type { QueryEcho } from '../openapi/schemas/query.ts';
import type { SearchRequest } from '../params/search-request.ts';

/** The query as `query` in a response reports it: with defaults, and after relaxation. */
export function queryEcho(query: SearchQuery, { moment, parsed }: SearchRequest): QueryEcho {
  const { origin, box, time } = query;
  return {
    q: query.text.trim(),
    understood: parsed.understood.map(({ text, as, means }) => ({ text, as, means: [...means] })),
    exclude: [...query.exclude],
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
    open_within: time?.withinMinutes || null,
    sort: query.sort,
    scale: query.scaleMetres,
    limit: query.limit,
  };
}
