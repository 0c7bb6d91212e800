import { explain } from '../../model/explanation.ts';
import type { Hit, SearchQuery } from '../../model/query.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import type { SearchResponse } from '../openapi/schemas/search.ts';
import type { TruckResponse } from '../openapi/schemas/truck.ts';
import { jsonParts } from './json-parts.ts';
import { dataPart, type ExecutedSearch, type SearchResponseContext, searchParts } from './search-response.ts';
import { type Clock, highlightsOf, missingWords, truckResponse, vendorWords } from './truck.ts';

/** Builds the JSON of `/search`. */
export function searchResponse(search: ExecutedSearch, context: SearchResponseContext): SearchResponse {
  const { before, after } = searchParts(search, context);
  return { ...before, trucks: [...trucks(search, context)], ...after, ...dataPart(context) };
}

/** The text of {@link searchResponse}, with only the keys of its trucks that were asked for; the parts are its trucks. */
export function* searchResponseParts(search: ExecutedSearch, context: SearchResponseContext): Generator<string> {
  const { before, after } = searchParts(search, context);
  const { fields } = context.request;
  yield* jsonParts({ ...before, trucks: [], ...after, ...dataPart(context) }, 'trucks', texts());
  function* texts(): Generator<string> {
    for (const truck of trucks(search, context)) {
      const wanted = Object.entries(truck).filter(([key]) => fields === null || fields.has(key));
      yield JSON.stringify(Object.fromEntries(wanted));
    }
  }
}

function* trucks(
  { query, result }: ExecutedSearch,
  { request, about }: SearchResponseContext,
): Generator<TruckResponse> {
  const { parsed, explain: explains, moment } = request;
  const options = { parsed, query, explains, moment, zone: about.city.zone };
  for (const hit of result.hits) yield hitResponse(hit, options);
}

/** Builds the JSON of a hit; `parsed` is its query's text. */
function hitResponse(
  hit: Hit,
  { parsed, query, explains, ...clock }: Clock & { parsed: ParsedQuery; query: SearchQuery; explains: boolean },
): TruckResponse {
  return truckResponse(hit.vendor, hit.branches, clock, {
    highlights: highlightsOf(vendorWords(hit.vendor), parsed, query.typos),
    missing: missingWords(hit, parsed, query),
    explain: explains ? explain(hit, parsed, query) : null,
  });
}
