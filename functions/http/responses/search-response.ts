import type { SearchQuery, SearchResult } from '../../model/query.ts';
import { parseQuery } from '../../model/text/query-parser.ts';
import type { RelaxationStep } from '../../model/text/relaxation.ts';
import type { Synonyms } from '../../model/text/synonyms.ts';
import type { SearchResponse } from '../openapi/schemas/search.ts';
import type { TruckResponse } from '../openapi/schemas/truck.ts';
import { writeCursor } from '../params/cursor.ts';
import type { SearchRequest } from '../params/search-request.ts';
import { dataWarnings, type ResponseSource, responseMeta } from './provenance.ts';
import { queryEcho } from './query-echo.ts';
import { hitResponse } from './truck.ts';

export type { SearchResponse } from '../openapi/schemas/search.ts';

/** What was searched in the end, and what it found. */
export type ExecutedSearch = { query: SearchQuery; result: SearchResult; relaxed: readonly RelaxationStep[] };

/** What an answer is made of besides the result. */
export type SearchResponseContext = ResponseSource & { readonly request: SearchRequest; readonly synonyms: Synonyms };

/** Builds the answer of `/search`. */
export function searchResponse(found: ExecutedSearch, context: SearchResponseContext): SearchResponse {
  const { request, about, synonyms } = context;
  const { query, result } = found;
  const shown = { moment: request.moment, zone: about.city.zone, why: request.explain };
  const plan = parseQuery(query.text, synonyms);
  const trucks = result.hits.map((hit) => hitResponse(hit, { plan, query, ...shown }));
  const { counts, rest } = aroundTrucks(found, context);
  return { ...counts, trucks, ...rest, ...dataFacts(context) };
}

/** What the answer says before and after its trucks, without {@link dataFacts}. */
export function aroundTrucks(found: ExecutedSearch, context: SearchResponseContext) {
  const { query, result, relaxed } = found;
  const { request } = context;
  return {
    counts: { status: 'success' as const, hits: result.vendors, locations: result.branches },
    rest: {
      query: queryEcho(query, request.moment),
      facets: result.facets,
      relaxed,
      warnings: responseWarnings(found, context),
      page: { limit: query.limit, returned: result.hits.length, cursor: nextCursor(result, context) },
    },
  };
}

/** What it says at its end of the data: the same for a minute. */
export function dataFacts(source: ResponseSource) {
  return { meta: responseMeta(source), attribution: source.about.city.attribution };
}

/** Everything a caller should be told about what was found, in words; `next` says where the rest is. */
export function responseWarnings(
  { result, relaxed }: ExecutedSearch,
  { request, about }: SearchResponseContext,
  next = 'page.cursor',
): string[] {
  const loosened = relaxed.map(({ param, from, to }) =>
    to === null ? `nothing matched ${param}: it was left out` : `nothing matched ${param} ${from}: ${to} was searched`,
  );
  const cut = `the answer is cut: ${result.hits.length} of ${result.vendors} vendors; ${next} leads to the next ones`;
  return [...request.warnings, ...dataWarnings(about), ...loosened, ...(result.more ? [cut] : [])];
}

/** The cursor of the page after this one; `null` when there is none. */
export function nextCursor({ more, hits }: SearchResult, { request, about }: SearchResponseContext): string | null {
  const after = hits.at(-1)?.key;
  if (!more || !after) return null;
  const instant = request.cursor?.instant ?? request.moment.instant;
  return writeCursor({ version: about.version, hash: request.hash(), instant, after });
}

/** The answer with no other keys of its trucks than those; all when `fields` is null. */
export function onlyFields(answer: SearchResponse, fields: ReadonlySet<string> | null): SearchResponse {
  if (!fields) return answer;
  const trucks = answer.trucks.map((truck) =>
    Object.fromEntries(Object.entries(truck).filter(([key]) => fields.has(key))),
  );
  return { ...answer, trucks: trucks as TruckResponse[] };
}
