import type { Context, TypedResponse } from 'hono';
import type { About, Engine } from '../engine/engine.ts';
import { searchLoosely } from '../model/ladder.ts';
import { prepareSynonyms, type Synonyms } from '../model/plan.ts';
import { type AnswerContext, type Found, nextCursor, onlyFields, searchAnswer } from './answer.ts';
import { searchText } from './answer-text.ts';
import { type Env, engineOf } from './each-request.ts';
import { fileAnswer } from './formats.ts';
import { answerTag, isKnown, pathOf, queryOf, textTag } from './fresh.ts';
import { atMostPlaces } from './places.ts';
import { ProblemError } from './problem.ts';
import { readSearch, type SearchRequest } from './request.ts';
import type { SearchAnswer } from './schemas/search.ts';
import { notModified, type Sender } from './send.ts';
import { sized } from './size.ts';

/** What carries a state of being open is good for a minute; a stale answer is better than none. */
export const MINUTE_CACHE = 'public, max-age=60, stale-while-revalidate=600';

export type SearchRouteDeps = {
  readonly engine: () => Engine;
  readonly now: () => number;
  readonly send: Sender;
};

/** `GET /search` in all of its formats. */
export function searchRoute({ engine: current, now, send }: SearchRouteDeps) {
  return async (c: Context<Env>): Promise<Response & TypedResponse<SearchAnswer, 200, 'json'>> => {
    const engine = engineOf(c, current);
    const about = await engine.about();
    const at = now();
    const path = pathOf(c.req.url);
    const tag = () => answerTag({ engine: engine.name, about, minute: Math.floor(at / 60_000), path });
    const condition = c.req.raw.headers.get('if-none-match');
    // Who has this very answer needs no search; `*` is for those who have any.
    if (condition?.includes('"') && isKnown(condition, tag())) return typed(notModified(c, tag(), MINUTE_CACHE));
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
      const text = sized(jsonText(found, context));
      return typed(await send(c, text, { type: 'application/json', tag: tag(), cache: MINUTE_CACHE, more }));
    }
    const cut = request.format === 'ics' ? found : { ...found, result: atMostPlaces(found.result) };
    const { text, headers } = fileAnswer(request.format, cut, context, {
      self: path,
      next: (cursor) => nextPage(path, cursor),
    });
    const { 'Content-Type': type = '', ...rest } = headers;
    const more = { ...timing, ...nextLink(path, nextCursor(cut.result, context)), ...rest };
    return typed(await send(c, text, { type, tag: await textTag(text), cache: MINUTE_CACHE, more }));
  };
}

function refuseOldCursor({ cursor }: SearchRequest, { version }: About): void {
  if (!cursor || cursor.version === version) return;
  throw new ProblemError('gone', 'The data has changed since that page: begin again without cursor', [
    { parameter: 'cursor', detail: `is of release ${cursor.version}, the current one is ${version}` },
  ]);
}

async function find(engine: Engine, { strict, query }: SearchRequest, synonyms: Synonyms): Promise<Found> {
  if (strict) return { query, result: await engine.search(query), relaxed: [] };
  return searchLoosely(query, (one) => engine.search(one), synonyms);
}

function jsonText(found: Found, context: AnswerContext): string {
  const { fields, explain } = context.request;
  if (!fields && !explain) return searchText(found, context);
  return JSON.stringify(onlyFields(searchAnswer(found, context), fields));
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
  return response as Response & TypedResponse<SearchAnswer, 200, 'json'>;
}
