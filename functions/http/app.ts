import { type Context, Hono, type MiddlewareHandler, type TypedResponse } from 'hono';
import { compress } from 'hono/compress';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { type RequestIdVariables, requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { endTime, startTime, timing } from 'hono/timing';
import { type About, type Engine, EngineError } from '../engine/engine.ts';
import { searchLoosely } from '../model/ladder.ts';
import { prepareSynonyms, type Synonyms } from '../model/plan.ts';
import { slug } from '../model/slug.ts';
import { nextCursor, onlyFields, searchAnswer } from './answer.ts';
import { calendar } from './calendar/calendar.ts';
import { dataRoutes, type ReleaseFiles } from './data.ts';
import { docsRoutes } from './docs.ts';
import { calendarFile, type FileAnswer, fileAnswer } from './formats.ts';
import { securityHeaders, type Tiles } from './headers.ts';
import { metaAnswer } from './meta.ts';
import { shown } from './parse.ts';
import { atMostPlaces } from './places.ts';
import {
  type ParameterFault,
  PROBLEMS,
  type ProblemCode,
  ProblemError,
  problem,
  type SearchFailure,
} from './problem.ts';
import { dataWarnings } from './provenance.ts';
import { readSearch, type SearchParams } from './request.ts';
import { sized } from './size.ts';
import { readSuggest, type SuggestParams, suggestAnswer } from './suggest.ts';
import { truckPage, vendorPlaces } from './truck.ts';

/** What an app is made of; everything that differs between Lambda, a process and a test. */
export type AppDeps = {
  /** The engine to answer with; asked once a request, so that an answer is of one release. */
  readonly engine: () => Engine;
  /** The page's base layer; `null` leaves the outline alone. */
  readonly tiles: Tiles | null;
  /** Called for what a caller is not told. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** What `/data` gives; without it there is no `/data`. */
  readonly files?: ReleaseFiles;
  /** Serves the page's files where no bucket does. */
  readonly page?: MiddlewareHandler;
  /** Origin that tells the page to reload; while developing only. */
  readonly reload?: string | null;
};

type Env = { Variables: RequestIdVariables };

/** What carries a state of being open is good for a minute; a stale answer is better than none. */
const CACHE = 'public, max-age=60, stale-while-revalidate=600';

/** Seconds after which a caller may ask an unavailable engine again. */
const RETRY_AFTER_SECONDS = 5;

/** The whole API, and the page where `page` is given. Every place it runs in answers alike. */
export function createApp({ engine: current, tiles, log, now = Date.now, files, page, reload = null }: AppDeps) {
  const app = new Hono<Env>();
  app.use(requestId());
  app.use(secureHeaders(securityHeaders({ tiles, reload })));
  app.use(cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['ETag', 'Link', 'Server-Timing'] }));
  app.use(compress());
  app.use(etag({ weak: true }));
  app.use(timing({ total: false }));
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', (c) => {
    c.header('Allow', 'GET, HEAD, OPTIONS');
    throw new ProblemError('method-not-allowed', `${c.req.method} is not possible: this API only reads; use GET`);
  });

  const routes = app
    .get('/search', typed<'/search', SearchParams>(), async (c) => {
      const engine = current();
      const about = await engine.about();
      const at = now();
      const request = readSearch(new URL(c.req.url).searchParams, { zone: about.city.zone, now: at });
      if (request.cursor && request.cursor.version !== about.version) {
        throw new ProblemError('gone', 'The data has changed since that page: begin again without cursor', [
          {
            parameter: 'cursor',
            detail: `is of release ${request.cursor.version}, the current one is ${about.version}`,
          },
        ]);
      }
      startTime(c, 'search');
      const synonyms = synonymsOf(about);
      const found = request.strict
        ? { query: request.query, result: await engine.search(request.query), relaxed: [] }
        : await searchLoosely(request.query, (query) => engine.search(query), synonyms);
      endTime(c, 'search');
      c.header('Cache-Control', CACHE);
      const context = { request, about, synonyms, engine: engine.name, now: at };
      if (request.format === 'json') {
        const answer = searchAnswer(found, context);
        return sendJson(c, onlyFields(answer, request.fields), answer.page.cursor);
      }
      const cut = request.format === 'ics' ? found : { ...found, result: atMostPlaces(found.result) };
      const links = { self: pathOf(c.req.url), next: (cursor: string) => nextPage(c.req.url, cursor) };
      const file = fileAnswer(request.format, cut, context, links);
      linkNext(c, nextCursor(cut.result, context));
      return sendFile(c, file);
    })
    .get('/trucks/:file{.+\\.ics}', async (c) => {
      const engine = current();
      const id = c.req.param('file').slice(0, -'.ics'.length);
      const [about, vendor] = await Promise.all([engine.about(), engine.find(id)]);
      if (!vendor) throw unknownTruck(id);
      c.header('Cache-Control', CACHE);
      const words = { name: `${vendor.name}: ${about.city.name}`, warnings: dataWarnings(about) };
      const text = calendar(vendorPlaces(vendor), words, { about, engine: engine.name, now: now() });
      return sendFile(c, calendarFile(text, `curbside-${slug(vendor.id) || 'truck'}`));
    })
    .get('/trucks/:id', async (c) => {
      const engine = current();
      const id = c.req.param('id');
      const [about, vendor] = await Promise.all([engine.about(), engine.find(id)]);
      if (!vendor) throw unknownTruck(id);
      c.header('Cache-Control', CACHE);
      const source = { about, engine: engine.name, now: now() };
      return sendJson(c, truckPage(vendor, new URL(c.req.url).searchParams, source));
    })
    .get('/suggest', typed<'/suggest', SuggestParams>(), async (c) => {
      const engine = current();
      const { query, warnings } = readSuggest(new URL(c.req.url).searchParams);
      const [about, rows] = await Promise.all([engine.about(), engine.suggest(query)]);
      c.header('Cache-Control', CACHE);
      return c.json(suggestAnswer(rows, { query, warnings, version: about.version }), 200);
    })
    .get('/meta', async (c) => {
      c.header('Cache-Control', CACHE);
      const engine = current();
      const source = { about: await engine.about(), engine: engine.name, now: now() };
      return c.json(metaAnswer(source, tiles), 200);
    })
    .get('/debug', async (c) => {
      const engine = current();
      const { vendors, branches, version, city } = await engine.about();
      const msg = `${engine.name} ${city.id} ${version}: ${vendors} vendors, ${branches} locations`;
      return c.json({ status: 'success', msg } as const, 200);
    })
    .get('/healthz', (c) => c.json({ status: 'ok' } as const, 200))
    .get('/readyz', async (c) => {
      const { version } = await current().about();
      c.header('Cache-Control', 'no-store');
      return c.json({ status: 'ok', version } as const, 200);
    });

  app.route('/', docsRoutes());
  if (files) app.route('/data', dataRoutes(files));
  if (page) app.get('*', page);

  app.notFound((c) =>
    refuse(c, 'not-found', `${new URL(c.req.url).pathname} is not here; the search is at /search?q=tacos`),
  );
  app.onError((error, c) => {
    if (error instanceof ProblemError) return refuse(c, error.code, error.message, error.faults);
    const id = c.get('requestId');
    if (error instanceof EngineError) {
      log('engine unavailable', { requestId: id, error: error.message, cause: String(error.cause ?? '') });
      c.header('Retry-After', String(RETRY_AFTER_SECONDS));
      return refuse(c, 'engine-unavailable', 'The search engine does not answer right now; please try again', [], id);
    }
    log('bug', { requestId: id, path: new URL(c.req.url).pathname, error: error.stack ?? String(error) });
    return refuse(c, 'internal', 'Something went wrong on our side; it is logged under this request id', [], id);
  });
  return routes;
}

/** The API's routes with their parameters and answers, for the typed client. */
export type AppType = ReturnType<typeof createApp>;

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** The same search from the cursor on, relative to the API's root. */
function nextPage(url: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set('cursor', cursor);
  return `${pathname}?${searchParams}`;
}

function linkNext(c: Context<Env>, cursor: string | null): void {
  if (cursor) c.header('Link', `<${nextPage(c.req.url, cursor)}>; rel="next"`);
}

/** Answers with JSON that is not too large, as `c.json` but written once; `cursor` leads to the next page. @throws ProblemError */
function sendJson<Answer>(c: Context<Env>, answer: Answer, cursor: string | null = null) {
  const text = sized(JSON.stringify(answer));
  linkNext(c, cursor);
  const response = c.body(text, 200, { 'Content-Type': 'application/json' });
  return response as unknown as Response & TypedResponse<Answer, 200, 'json'>;
}

/** Answers with a file; the typed client asks for none, so that its answers are JSON. */
function sendFile(c: Context<Env>, { text, headers }: FileAnswer): never {
  return c.body(text, 200, headers) as never;
}

function unknownTruck(id: string): ProblemError {
  return new ProblemError('not-found', `There is no truck ${shown(id)}; ids come from /search`);
}

/** Tells the typed client what a route takes; the route reads it, because one fault must not hide another. */
function typed<Path extends string, Query>(): MiddlewareHandler<
  Env,
  Path,
  { in: { query: Query }; out: { query: Query } }
> {
  return (_c, next) => next();
}

/** A release's synonyms, prepared once. */
const prepared = new WeakMap<About['city'], Synonyms>();
function synonymsOf({ city }: About): Synonyms {
  const synonyms = prepared.get(city) ?? prepareSynonyms(city.synonyms);
  prepared.set(city, synonyms);
  return synonyms;
}

function refuse(
  c: Context<Env>,
  code: ProblemCode,
  detail: string,
  errors: ParameterFault[] = [],
  id: string | null = null,
) {
  const body = problem(code, detail, { errors, requestId: id });
  c.header('Cache-Control', 'no-store');
  const plain = c.req.header('Accept')?.includes('application/problem+json') ?? false;
  if (new URL(c.req.url).pathname === '/search' && !plain) {
    return c.json<SearchFailure>({ status: 'failure', msg: detail, problem: body }, PROBLEMS[code].status);
  }
  return c.json(body, PROBLEMS[code].status, { 'Content-Type': 'application/problem+json' });
}
