import { englishWords } from '../../model/city-wording.ts';
import type { SearchRequest } from '../params/search-request.ts';
import { CALENDAR_TYPE, calendar } from './calendar/calendar.ts';
import { searchCsv } from './csv.ts';
import { geojsonParts, type PageLinks } from './geojson.ts';
import { CSV_TYPE, GEOJSON_TYPE } from './media-types.ts';
import { placesOf } from './places.ts';
import { type ExecutedSearch, type SearchResponseContext, searchWarnings } from './search-response.ts';

/** A response other than our JSON: its text in parts, its type, and further headers. */
export type FileResponse = {
  readonly parts: Iterable<string>;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Formats a search as a file. */
export function fileResponse(
  format: Exclude<SearchRequest['format'], 'json'>,
  search: ExecutedSearch,
  context: SearchResponseContext,
  links: PageLinks,
): FileResponse {
  const { request, about } = context;
  const name = `curbside-${about.city.id}-${about.version}`;
  switch (format) {
    case 'geojson':
      return { parts: geojsonParts(search, context, links), type: GEOJSON_TYPE, headers: {} };
    case 'csv': {
      const parts = searchCsv(placesOf(search.result), request.moment, about.city.zone);
      return { parts, type: CSV_TYPE, headers: { 'Content-Disposition': `attachment; filename="${name}.csv"` } };
    }
    case 'ics': {
      const { text: words } = search.query;
      const list = about.city.wording ? englishWords(about.city).heading : `Street food: ${about.city.name}`;
      const title = words === '' ? list : `${words}: ${about.city.name}`;
      const warnings = searchWarnings(search, context, 'narrow the search with a smaller radius or more words');
      return calendarFile(calendar(placesOf(search.result), { name: title, warnings }, context), name);
    }
  }
}

/** A calendar as a file; `name` without its extension. */
export function calendarFile(parts: Iterable<string>, name: string): FileResponse {
  return { parts, type: CALENDAR_TYPE, headers: { 'Content-Disposition': `inline; filename="${name}.ics"` } };
}
