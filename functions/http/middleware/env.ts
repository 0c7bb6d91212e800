import type { Context, MiddlewareHandler } from 'hono';
import { type Caller, CallerLeftError, type Engine, type EngineInfo, type EngineSource } from '../../engine/engine.ts';
import type { InlineHashes } from './headers.ts';
import type { PlainResponse, ToResponse } from './plain-response.ts';

/** What a request carries from one handler to the next. */
export type Env = {
  Variables: {
    /** Identifies the request in the log: the caller's own id if it sent one, else a new one. */
    requestId: string;
    toResponse: ToResponse;
    /** The engine of the request, from the first call of {@link engineOf} on. */
    engine?: Engine;
    /** What is known of the city when a page is served. */
    about?: () => Promise<EngineInfo>;
    /** What the Content-Security-Policy of the page has to allow. */
    inline?: InlineHashes;
    /** Whether the response came from the cache; `undefined` if the route has none. */
    cache?: 'hit' | 'miss';
    /** Whether the request was refused because too many others wait. */
    isShed?: boolean;
    /** The response, if `respond` created it. */
    plainResponse?: PlainResponse;
  };
};

/** The engine of a request. It stays the same for the whole request, so that a response and its cache entry are of one release. */
export function engineOf(c: Context<Env>, current: EngineSource): Engine {
  const engine = c.get('engine') ?? current(callerOf(c));
  c.set('engine', engine);
  return engine;
}

/** For pages that say something about the city. */
export function describesCity(current: EngineSource): MiddlewareHandler<Env> {
  return (c, next) => {
    c.set('about', async () => engineOf(c, current).about());
    return next();
  };
}

/** The caller of a request. A getter, because most answers need no signal, and creating one takes time. */
export function callerOf(c: Context<Env>): Caller {
  return {
    // A function on AWS is not told that its caller has left.
    get signal(): AbortSignal | undefined {
      return c.req.raw.signal;
    },
  };
}

/** For long computations: ends them with a {@link CallerLeftError} once nobody waits for the response. */
export function stopIfCallerLeft(c: Context<Env>): () => void {
  return () => {
    if (callerOf(c).signal?.aborted) throw new CallerLeftError();
  };
}

/**
 * A request whose parameters the typed client knows. The route parses them itself, to report every fault at once.
 */
export type QueryContext<Path extends string, Query> = Context<
  Env,
  Path,
  { in: { query: Query }; out: { query: Query } }
>;
