import type { SearchRequest } from '../params/search-request.ts';
import { CALENDAR_TYPE, calendar } from './calendar/calendar.ts';
import { CSV_TYPE, foundCsv } from './csv.ts';
import { GEOJSON_TYPE, geojsonResponse, type PageLinks } from './geojson.ts';
import { placesOf } from './places.ts';
import { type ExecutedSearch, responseWarnings, type SearchResponseContext } from './search-response.ts';
import { withinSizeLimit } from './size-limit.ts';

/** An answer that is not our JSON: its text and the headers that it needs. */
export type FileResponse = { readonly text: string; readonly headers: Readonly<Record<string, string>> };

/** What a search found, in the format that was asked for. @throws ProblemError `too-large` */
export function fileResponse(
  format: Exclude<SearchRequest['format'], 'json'>,
  found: ExecutedSearch,
  context: SearchResponseContext,
  links: PageLinks,
): FileResponse {
  const { request, about } = context;
  const name = `curbside-${about.city.id}-${about.version}`;
  switch (format) {
    case 'geojson': {
      const text = withinSizeLimit(JSON.stringify(geojsonResponse(found, context, links)));
      return { text, headers: { 'Content-Type': GEOJSON_TYPE } };
    }
    case 'csv': {
      const text = withinSizeLimit(foundCsv(placesOf(found.result), request.moment, about.city.zone));
      const disposition = `attachment; filename="${name}.csv"`;
      return { text, headers: { 'Content-Type': CSV_TYPE, 'Content-Disposition': disposition } };
    }
    case 'ics': {
      const { text: words } = found.query;
      const title = `${words === '' ? 'Street food' : words}: ${about.city.name}`;
      const warnings = responseWarnings(found, context, 'a smaller radius or more words');
      return calendarFile(calendar(placesOf(found.result), { name: title, warnings }, context), name);
    }
  }
}

/** A calendar as an answer; `name` without its ending. @throws ProblemError `too-large` */
export function calendarFile(text: string, name: string): FileResponse {
  const disposition = `inline; filename="${name}.ics"`;
  return {
    text: withinSizeLimit(text),
    headers: { 'Content-Type': CALENDAR_TYPE, 'Content-Disposition': disposition },
  };
}
