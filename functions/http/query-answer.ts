import type { Moment } from '../model/clock.ts';
import type { SearchQuery } from '../model/query.ts';
import type { QueryAnswer } from './schemas/query.ts';

/** Says which query was answered. */
export function queryAnswer(query: SearchQuery, moment: Moment): QueryAnswer {
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
