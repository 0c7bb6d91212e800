import { type Context, Hono, type MiddlewareHandler, type TypedResponse } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { type Engine, EngineError } from '../engine/engine.ts';
import { slug } from '../model/slug.ts';
import { pathOf, queryOf, responseTag, textTag } from './middleware/etag.ts';
import { fixedHeaders, type Tiles } from './middleware/headers.ts';
import { type Env, engineOf, requestContext, toResponse } from './middleware/request-context.ts';
import { createTextResponder, type Gzip } from './middleware/respond.ts';
import { createResponseCache } from './middleware/response-cache.ts';
import type { ParameterFault, SearchFailure } from './openapi/schemas/problem.ts';
import { quoteForMessage } from './params/parse.ts';
import type { SearchParams } from './params/search-request.ts';
import { calendar } from './responses/calendar/calendar.ts';
import { calendarFile } from './responses/file-response.ts';
import { PROBLEMS, type ProblemCode, ProblemError, problem } from './responses/problem.ts';
import { dataWarnings } from './responses/provenance.ts';
import { withinSizeLimit } from './responses/size-limit.ts';
import { dataRoutes, type ReleaseFiles } from './routes/data.ts';
import { docsRoutes } from './routes/docs.ts';
import { metaResponse } from './routes/meta.ts';
import { MINUTE_CACHE, searchRoute } from './routes/search.ts';
import { readSuggest, type SuggestParams, suggestResponse } from './routes/suggest.ts';
import { truckPage, vendorPlaces } from './routes/trucks.ts';

/** What an app is made of; everything that differs between Lambda, a process and a test. */
export type AppDeps = {
  /**
   * The engine to answer with; a request keeps the one that it began with, so that an answer is of one release. The same object
   * always has the same data.
   */
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
  /** Most bytes of searches that are remembered for their minute; without it, or 0, none is. */
  readonly cacheBytes?: number;
  /** Compresses answers; left out: by the platform's stream. */
  readonly gzip?: Gzip;
};

/** Seconds after which a caller may ask an unavailable engine again. */
const RETRY_AFTER_SECONDS = 5;

/** The whole API, and the page where `page` is given. Every place it runs in answers alike. */
export function createApp(deps: AppDeps) {
  const { engine: current, tiles, log, now = Date.now, files, page, reload = null, cacheBytes = 0, gzip } = deps;
  const send = createTextResponder(gzip);
  const app = new Hono<Env>();
  app.use(requestContext(fixedHeaders({ tiles, reload })));
  app.on(['POST', 'PUT', 'PATCH', 'DELETE'], '*', (c) => {
    c.header('Allow', 'GET, HEAD, OPTIONS');
    throw new ProblemError('method-not-allowed', `${c.req.method} is not possible: this API only reads; use GET`);
  });
  const cache = cacheBytes > 0 ? createResponseCache({ engine: current, bytes: cacheBytes, now }) : null;
  if (cache) app.use('/search', cache.remember);

  const search = searchRoute({ engine: current, now, send });
  /** Answers with JSON of the data; `at`, milliseconds since 1970, where it says what is open. */
  async function sendJson<Answer>(c: Context<Env>, answer: Answer, engine: Engine, at = 0) {
    const parts = { engine: engine.name, about: await engine.about(), minute: Math.floor(at / 60_000) };
    const tag = responseTag({ ...parts, path: pathOf(c.req.url) });
    const type = 'application/json';
    const response = await send(c, withinSizeLimit(JSON.stringify(answer)), { type, tag, cache: MINUTE_CACHE });
    return response as Response & TypedResponse<Answer, 200, 'json'>;
  }

  const routes = app
    .get('/search', typed<'/search', SearchParams>(), (c) => search(c))
    // One route for both, because Hono's fast router refuses patterns that overlap, and then all paths take the slow one.
    .get('/trucks/:id', async (c) => {
      const engine = engineOf(c, current);
      const file = c.req.param('id');
      const isCalendar = file.endsWith('.ics');
      const id = isCalendar ? file.slice(0, -'.ics'.length) : file;
      const [about, vendor] = await Promise.all([engine.about(), engine.find(id)]);
      if (!vendor) throw unknownTruck(id);
      const at = now();
      const source = { about, engine: engine.name, now: at };
      if (!isCalendar)
        return sendJson(c, truckPage(vendor, new URLSearchParams(queryOf(c.req.url)), source), engine, at);
      const words = { name: `${vendor.name}: ${about.city.name}`, warnings: dataWarnings(about) };
      const { text, headers } = calendarFile(
        calendar(vendorPlaces(vendor), words, source),
        `curbside-${slug(vendor.id) || 'truck'}`,
      );
      const { 'Content-Type': type = '', ...more } = headers;
      return (await send(c, text, { type, tag: await textTag(text), cache: MINUTE_CACHE, more })) as never;
    })
    .get('/suggest', typed<'/suggest', SuggestParams>(), async (c) => {
      const engine = engineOf(c, current);
      const { query, warnings } = readSuggest(new URLSearchParams(queryOf(c.req.url)));
      const [about, rows] = await Promise.all([engine.about(), engine.suggest(query)]);
      return sendJson(c, suggestResponse(rows, { query, warnings, version: about.version }), engine);
    })
    .get('/meta', async (c) => {
      const engine = engineOf(c, current);
      const at = now();
      const about = await engine.about();
      return sendJson(c, metaResponse({ about, engine: engine.name, now: at }, tiles), engine, at);
    })
    // What follows is asked for rarely, or is a file: it is compressed and compared as it is. The digest is Hono's own, which it would
    // look for at once: loading it takes a cold start several milliseconds.
    .use(compress(), etag({ weak: true, generateDigest: (body) => crypto.subtle.digest('SHA-1', body) }))
    .get('/debug', async (c) => {
      const engine = engineOf(c, current);
      const { vendors, branches, version, city } = await engine.about();
      const msg = `${engine.name} ${city.id} ${version}: ${vendors} vendors, ${branches} locations`;
      return c.json({ status: 'success', msg } as const, 200);
    })
    .get('/healthz', (c) => c.json({ status: 'ok' } as const, 200))
    .get('/readyz', async (c) => {
      const { version } = await engineOf(c, current).about();
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
  if (cache) {
    const { fetch } = routes;
    routes.fetch = (request, bindings, context) => {
      const sent = cache.recall(request);
      return sent ? toResponse(sent, bindings as Env['Bindings']) : fetch(request, bindings, context);
    };
  }
  return routes;
}

/** The API's routes with their parameters and answers, for the typed client. */
export type AppType = ReturnType<typeof createApp>;

function unknownTruck(id: string): ProblemError {
  return new ProblemError('not-found', `There is no truck ${quoteForMessage(id)}; ids come from /search`);
}

/** Tells the typed client what a route takes; the route reads it, because one fault must not hide another. */
function typed<Path extends string, Query>(): MiddlewareHandler<
  Env,
  Path,
  { in: { query: Query }; out: { query: Query } }
> {
  return (_c, next) => next();
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
