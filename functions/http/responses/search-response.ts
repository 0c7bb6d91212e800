import type { SearchQuery, SearchResult } from '../../model/query.ts';
import type { RelaxationStep } from '../../model/text/relaxation-steps.ts';
import { writeCursor } from '../params/cursor.ts';
import type { SearchRequest } from '../params/search-request.ts';
import { dataWarnings, type ResponseSource, responseMeta } from './provenance.ts';
import { queryEcho } from './query-echo.ts';

/** The query that ran last, its result, and how it was relaxed to get there. */
export type ExecutedSearch = { query: SearchQuery; result: SearchResult; relaxed: readonly RelaxationStep[] };

/** What a response needs in addition to the search. */
export type SearchResponseContext = ResponseSource & { readonly request: SearchRequest };

/** The keys around the trucks, except those of {@link dataPart}. */
export function searchParts(search: ExecutedSearch, context: SearchResponseContext) {
  const { query, result, relaxed } = search;
  const { request } = context;
  return {
    before: { status: 'success' as const, hits: result.vendors, locations: result.branches },
    after: {
      query: queryEcho(query, request),
      facets: result.facets,
      relaxed,
      warnings: searchWarnings(search, context),
      page: { limit: query.limit, returned: result.hits.length, cursor: nextCursor(result, context) },
    },
  };
}

/** Metadata at the end of a response; constant for one minute. */
export function dataPart(source: ResponseSource) {
  return { meta: responseMeta(source), attribution: source.about.city.attribution };
}

/** All warnings of a search, in words; `hint` says how to get the results that are left out. */
export function searchWarnings(
  { result, relaxed }: ExecutedSearch,
  { request, about }: SearchResponseContext,
  hint = 'page.cursor leads to the next page',
): string[] {
  const relaxations = relaxed.map(({ param, from, to }) =>
    to === null
      ? `nothing matched ${param}: searched without it`
      : `nothing matched ${param} ${from}: searched for ${to} instead`,
  );
  const cut = `showing ${result.hits.length} of ${result.vendors} vendors; ${hint}`;
  return [...request.warnings, ...dataWarnings(about), ...relaxations, ...(result.more ? [cut] : [])];
}

/** The cursor of the next page; `null` on the last. */
export function nextCursor({ more, hits }: SearchResult, { request, about }: SearchResponseContext): string | null {
  const after = hits.at(-1)?.key;
  if (!more || !after) return null;
  const instant = request.cursor?.instant ?? request.moment.instant;
  return writeCursor({ version: about.version, hash: request.hash(), instant, after });
}
