import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from './env.ts';
import type { RequestObserver, RequestRecord } from './request-record.ts';

/** Tells an observer how each request was answered. It comes first, so that the duration covers all other handlers. */
export function observeRequests(observe: RequestObserver): MiddlewareHandler<Env> {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const release = await releaseOf(c);
    const { status, body } = c.get('plainResponse') ?? { status: c.res.status, body: null };
    const record: RequestRecord = {
      requestId: c.get('requestId'),
      method: c.req.method,
      route: routeOf(c),
      status,
      durationMs: performance.now() - started,
      ...release,
      cache: c.get('cache') ?? 'none',
      bytes: body instanceof Uint8Array ? body.byteLength : contentLength(c),
      refused: c.get('isShed') ? 'shed' : null,
    };
    observe(record, c.req.raw);
  };
}

/** The route's own pattern. Middleware matches all methods, and files of the page all paths. */
function routeOf(c: Context<Env>): string {
  return matchedRoutes(c).find(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))?.path ?? '*';
}

/** The engine of the request and its release. An engine that has failed is not asked again. */
async function releaseOf(c: Context<Env>): Promise<Pick<RequestRecord, 'engine' | 'version' | 'sources'>> {
  const engine = c.get('engine');
  if (!engine) return { engine: null, version: null, sources: null };
  const isUsable = c.res.status < 500;
  const about = isUsable ? await engine.about().catch(() => null) : null;
  return { engine: engine.name, version: about?.version ?? null, sources: about?.sources ?? null };
}

/** Only files have this header here; Node adds it to the others later. */
function contentLength(c: Context<Env>): number | null {
  if (c.get('plainResponse')) return null;
  const text = c.res.headers.get('content-length');
  return text === null ? null : Number(text);
}
