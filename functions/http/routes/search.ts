import type { Context, TypedResponse } from 'hono';
import type { Engine, EngineInfo } from '../../engine/engine.ts';
import { searchWithRelaxation } from '../../model/text/relaxation.ts';
import { prepareSynonyms, type Synonyms } from '../../model/text/synonyms.ts';
import { matchesIfNoneMatch, pathOf, queryOf, responseTag, textTag } from '../middleware/etag.ts';
import { type Env, engineOf } from '../middleware/request-context.ts';
import { notModified, type TextResponder } from '../middleware/respond.ts';
import type { SearchResponse } from '../openapi/schemas/search.ts';
import { readSearch, type SearchRequest } from '../params/search-request.ts';
import { fileResponse } from '../responses/file-response.ts';
import { atMostPlaces } from '../responses/places.ts';
import { ProblemError } from '../responses/problem.ts';
import { searchJson } from '../responses/search-json.ts';
import {
  type ExecutedSearch,
  nextCursor,
  onlyFields,
  type SearchResponseContext,
  searchResponse,
} from '../responses/search-response.ts';
import { withinSizeLimit } from '../responses/size-limit.ts';

/** What carries a state of being open is good for a minute; a stale answer is better than none. */
export const MINUTE_CACHE = 'public, max-age=60, stale-while-revalidate=600';

export type SearchRouteDeps = {
  readonly engine: () => Engine;
  readonly now: () => number;
  readonly send: TextResponder;
};

/** `GET /search` in all of its formats. */
export function searchRoute({ engine: current, now, send }: SearchRouteDeps) {
  return async (c: Context<Env>): Promise<Response & TypedResponse<SearchResponse, 200, 'json'>> => {
    const engine = engineOf(c, current);
    const about = await engine.about();
    const at = now();
    const path = pathOf(c.req.url);
    const tag = () => responseTag({ engine: engine.name, about, minute: Math.floor(at / 60_000), path });
    const condition = c.req.raw.headers.get('if-none-match');
    // Who has this very answer needs no search; `*` is for those who have any.
    if (condition?.includes('"') && matchesIfNoneMatch(condition, tag()))
      return typed(notModified(c, tag(), MINUTE_CACHE));
    const request = readSearch(new URLSearchParams(queryOf(path)), { zone: about.city.zone, now: at });
    refuseOldCursor(request, about);
    const started = performance.now();
    const synonyms = prepareSynonyms(about.city.synonyms);
    const found = await find(engine, request, synonyms);
    const timing = { 'Server-Timing': `search;dur=${(performance.now() - started).toFixed(1)}` };
    const context = { request, about, synonyms, engine: engine.name, now: at };
    if (request.format === 'json') {
      const cursor = nextCursor(found.result, context);
      const more = { ...timing, ...nextLink(path, cursor) };
      const text = withinSizeLimit(jsonText(found, context));
      return typed(await send(c, text, { type: 'application/json', tag: tag(), cache: MINUTE_CACHE, more }));
    }
    const cut = request.format === 'ics' ? found : { ...found, result: atMostPlaces(found.result) };
    const { text, headers } = fileResponse(request.format, cut, context, {
      self: path,
      next: (cursor) => nextPage(path, cursor),
    });
    const { 'Content-Type': type = '', ...rest } = headers;
    const more = { ...timing, ...nextLink(path, nextCursor(cut.result, context)), ...rest };
    return typed(await send(c, text, { type, tag: await textTag(text), cache: MINUTE_CACHE, more }));
  };
}

function refuseOldCursor({ cursor }: SearchRequest, { version }: EngineInfo): void {
  if (!cursor || cursor.version === version) return;
  throw new ProblemError('gone', 'The data has changed since that page: begin again without cursor', [
    { parameter: 'cursor', detail: `is of release ${cursor.version}, the current one is ${version}` },
  ]);
}

async function find(engine: Engine, { strict, query }: SearchRequest, synonyms: Synonyms): Promise<ExecutedSearch> {
  if (strict) return { query, result: await engine.search(query), relaxed: [] };
  return searchWithRelaxation(query, (one) => engine.search(one), synonyms);
}

function jsonText(found: ExecutedSearch, context: SearchResponseContext): string {
  const { fields, explain } = context.request;
  if (!fields && !explain) return searchJson(found, context);
  return JSON.stringify(onlyFields(searchResponse(found, context), fields));
}

/** The same search from the cursor on, relative to the API's root. */
function nextPage(path: string, cursor: string): string {
  const { pathname, searchParams } = new URL(path, 'http://relative');
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams}`;
}

function nextLink(path: string, cursor: string | null): Record<string, string> {
  return cursor === null ? {} : { Link: `<${nextPage(path, cursor)}>; rel="next"` };
}

/** The typed client asks for JSON only. */
function typed(response: Response) {
  return response as Response & TypedResponse<SearchResponse, 200, 'json'>;
}
