import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import type { EngineSource } from '../engine/engine.ts';
import type { CityLink } from '../model/city-links.ts';
import type { Tiles } from '../model/tile-url.ts';
import { pathBelow } from './city-path.ts';
import { refuseOtherCities } from './middleware/city-check.ts';
import type { Gzip } from './middleware/compression.ts';
import { type Delegate, delegateRequests } from './middleware/delegation.ts';
import { describesCity, type Env } from './middleware/env.ts';
import {
  createErrorHandler,
  type Log,
  refuseLongUrls,
  refuseOtherMethods,
  respondNotFound,
} from './middleware/error-responses.ts';
import { fixedHeaders } from './middleware/headers.ts';
import { safeLog, withLastResort } from './middleware/last-resort.ts';
import { observeRequests } from './middleware/observe-requests.ts';
import { type ToResponse, toWebResponse } from './middleware/plain-response.ts';
import { requestContext } from './middleware/request-context.ts';
import { requestIds } from './middleware/request-id.ts';
import type { RequestObserver } from './middleware/request-record.ts';
import { createTextResponder } from './middleware/respond.ts';
import { createResponseCache, recallBeforeRouting } from './middleware/response-cache.ts';
import type { DeployedCity } from './responses/city-list.ts';
import { citiesRoute } from './routes/cities.ts';
import { dataRoutes, type ReleaseFiles } from './routes/data.ts';
import { docsRoutes } from './routes/docs.ts';
import { metaRoute } from './routes/meta.ts';
import { searchRoute } from './routes/search.ts';
import { debugRoute, healthRoute, readyRoute } from './routes/status.ts';
import { suggestRoute } from './routes/suggest.ts';
import { truckRoute } from './routes/trucks.ts';
import { crawlerRoutes, departedCheck, vendorPageRoute } from './routes/vendor-pages.ts';

/** Everything that differs between Lambda, a server process and a test. */
export type AppDeps = {
  /** The current engine. A request keeps the one it started with, and the data behind one engine object never changes. */
  readonly engine: EngineSource;
  /** The page's base layer; `null`: only the outline of the city. */
  readonly tiles: Tiles | null;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Whether a request's own `X-Request-Id` is used: only if a trusted proxy sends it. Default: true. */
  readonly acceptsRequestIds?: boolean;
  /** Is called with each request's record, for logs and metrics. */
  readonly onRequestDone?: RequestObserver | undefined;
  /** The files of `/data`; without it there is no `/data`. */
  readonly files?: ReleaseFiles;
  /** Serves the page's files where no bucket does. */
  readonly page?: MiddlewareHandler<Env>;
  /** Origin that tells the page to reload; only for development. */
  readonly reload?: string | null;
  /** Size of the response cache; 0 turns it off. */
  readonly cacheBytes?: number;
  /** Whether the process is about to stop, so that `/readyz` answers 503. */
  readonly isDraining?: () => boolean;
  /** What an operator should look at, for `/readyz`. */
  readonly notes?: () => readonly string[];
  /** Answers searches and suggestions in other threads. Default: this thread answers everything. */
  readonly delegate?: Delegate | undefined;
  /** The path of this city's map page, with slashes at both ends. Default: `/`. */
  readonly root?: string;
  /** The links between the map pages of several cities. */
  readonly cityLinks?: readonly CityLink[] | undefined;
  /** All cities of a deployment that has several. */
  readonly cities?: readonly DeployedCity[];
  /** Default: the platform's compression stream. */
  readonly gzip?: Gzip;
  /** Default: the platform's `Response`. */
  readonly toResponse?: ToResponse;
};

/** The whole API, and the page if `page` is given. It behaves the same everywhere it runs. */
export function createApp(deps: AppDeps) {
  const { engine, tiles, now = Date.now, files, page, reload = null, cacheBytes = 0, gzip, delegate } = deps;
  const { toResponse = toWebResponse, isDraining = () => false, notes = () => [], onRequestDone: observe } = deps;
  const { root = '/', cities, cityLinks } = deps;
  const app = new Hono<Env>(root === '/' ? {} : { getPath: pathBelow(root) });
  const log = safeLog(deps.log);
  const idOf = requestIds(deps.acceptsRequestIds ?? true);
  const respondError = createErrorHandler(log);
  if (observe) app.use(observeRequests(observe));
  app.use(requestContext({ headersFor: fixedHeaders({ tiles, reload }), toResponse, idOf, respondError }));
  app.use(refuseLongUrls, refuseOtherMethods, refuseOtherCities({ engine, cities, root, now }));
  const cache = cacheBytes > 0 ? createResponseCache({ engine, bytes: cacheBytes, now, idOf, root }) : null;
  if (cache) app.use('/search', cache.remember);
  if (delegate) for (const path of ['/search', '/suggest']) app.use(path, delegateRequests(delegate, engine));

  const route = { engine, now, respondText: createTextResponder(gzip), root };
  const routes = app
    .get('/search', searchRoute(route))
    .get('/trucks/:id', truckRoute(route, departedCheck(files)))
    .get('/suggest', suggestRoute(route))
    .get('/meta', metaRoute(route, { tiles, cityLinks }))
    // Everything below is a file or rarely requested, and Hono's own middleware is fast enough. The digest is Hono's default, which it
    // would otherwise look up when it is loaded; that costs a cold start several milliseconds.
    .use(compress(), etag({ weak: true, generateDigest: (body) => crypto.subtle.digest('SHA-1', body) }))
    .get('/debug', debugRoute(engine))
    .get('/healthz', healthRoute(engine, now))
    .get('/readyz', readyRoute(engine, { isDraining, notes, cities: root === '/' ? cities : undefined }))
    .get('/cities', citiesRoute({ engine, cities }));

  app.route('/', docsRoutes());
  app.get('/v/:id', vendorPageRoute(route, files));
  const more = { now, root, tiles, cityLinks };
  if (files) app.route('/data', dataRoutes(files, more)).route('/', crawlerRoutes(files, more));
  if (page) app.get('*', describesCity(engine), page);
  app.notFound(respondNotFound);
  app.onError(respondError);
  if (cache) recallBeforeRouting(routes, cache, { toResponse, observe });
  routes.fetch = withLastResort(routes.fetch, { log, toResponse, observe, root });
  return routes;
}

/** The routes with their parameters and responses, for the typed client. */
export type AppType = ReturnType<typeof createApp>;
