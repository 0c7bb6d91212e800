import type { TypedResponse } from 'hono';
import type { EngineInfo } from '../../engine/engine.ts';
import { joinInSlices } from '../../model/time-slices.ts';
import { engineOf, type QueryContext, stopIfCallerLeft } from '../middleware/env.ts';
import { matchesIfNoneMatch, responseTag, textTag } from '../middleware/etag.ts';
import { respondNotModified } from '../middleware/respond.ts';
import type { SearchResponse } from '../openapi/schemas/search.ts';
import { withBareFlags } from '../params/bare-flags.ts';
import { parseSearchRequest, type SearchParams, type SearchRequest } from '../params/search-request.ts';
import { MAX_URL_LENGTH, pathOf, queryOf } from '../params/url-parts.ts';
import { limitPlaces } from '../responses/places.ts';
import { ProblemError } from '../responses/problem.ts';
import { searchJson, searchJsonParts } from '../responses/search-json.ts';
import { type ExecutedSearch, nextCursor, type SearchResponseContext } from '../responses/search-response.ts';
import { executeSearch } from './execute-search.ts';
import { MINUTE_CACHE, type RouteDeps } from './respond-json.ts';

/** Vendors of a response that is built in one go: with less than this, it takes less than giving way once. */
const MOST_AT_ONCE = 50;

/** `GET /search` in all of its formats. */
export function searchRoute({ engine: current, now, respondText }: RouteDeps) {
  return async (
    c: QueryContext<'/search', SearchParams>,
  ): Promise<Response & TypedResponse<SearchResponse, 200, 'json'>> => {
    const engine = engineOf(c, current);
    const about = await engine.about();
    const at = now();
    const path = pathOf(c.req.url);
    const tag = () => responseTag({ engine: engine.name, about, minute: Math.floor(at / 60_000), path });
    const condition = c.req.raw.headers.get('if-none-match');
    // If the ETag matches, skip the search. `*` also matches invalid requests, so it is compared after parsing.
    if (condition?.includes('"') && matchesIfNoneMatch(condition, tag())) {
      return typed(respondNotModified(c, tag(), MINUTE_CACHE));
    }
    const request = parseSearchRequest(new URLSearchParams(withBareFlags(queryOf(path))), about, at);
    assertCurrent(request, about);
    const started = performance.now();
    const search = await executeSearch(engine, request);
    const timing = { 'Server-Timing': `search;dur=${(performance.now() - started).toFixed(1)}` };
    const context = { request, about, engine: engine.name, now: at };
    const stop = stopIfCallerLeft(c);
    if (request.format === 'json') {
      const more = { ...timing, ...nextLink(path, nextCursor(search.result, context)) };
      const text = await jsonText(search, context, stop);
      return typed(await respondText(c, text, { type: 'application/json', tag: tag(), cache: MINUTE_CACHE, more }));
    }
    const limited = request.format === 'ics' ? search : { ...search, result: limitPlaces(search.result) };
    // A cold start does not read what few requests need.
    const { fileResponse } = await import('../responses/file-response.ts');
    const { parts, type, headers } = fileResponse(request.format, limited, context, {
      self: path,
      next: (cursor) => nextPage(path, cursor),
    });
    const text = await joinInSlices(parts, stop);
    const more = { ...timing, ...nextLink(path, nextCursor(limited.result, context)), ...headers };
    return typed(await respondText(c, text, { type, tag: await textTag(text), cache: MINUTE_CACHE, more }));
  };
}

/** @throws ProblemError `gone` if the cursor is of another release. */
function assertCurrent({ cursor }: SearchRequest, { version }: EngineInfo): void {
  if (!cursor || cursor.version === version) return;
  throw new ProblemError('gone', 'The data has changed since the previous page: start again without cursor', [
    { parameter: 'cursor', detail: `is of release ${cursor.version}; the current release is ${version}` },
  ]);
}

async function jsonText(search: ExecutedSearch, context: SearchResponseContext, stop: () => void): Promise<string> {
  const { fields, explain } = context.request;
  if (fields || explain) {
    const { searchResponseParts } = await import('../responses/search-objects.ts');
    return joinInSlices(searchResponseParts(search, context), stop);
  }
  const { hits } = search.result;
  return hits.length <= MOST_AT_ONCE
    ? searchJson(search, context)
    : joinInSlices(searchJsonParts(search, context), stop);
}

/** The same search from the cursor on, relative to the API's root. */
function nextPage(path: string, cursor: string): string {
  const { pathname } = new URL(path, 'http://relative');
  const searchParams = new URLSearchParams(withBareFlags(queryOf(path)));
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams}`;
}

/** The header `Link`, unless the next request would have a URL that is too long. */
function nextLink(path: string, cursor: string | null): Record<string, string> {
  const next = cursor === null ? null : nextPage(path, cursor);
  return next === null || next.length > MAX_URL_LENGTH ? {} : { Link: `<${next}>; rel="next"` };
}

/** The typed client requests JSON only. */
function typed(response: Response) {
  return response as Response & TypedResponse<SearchResponse, 200, 'json'>;
}
