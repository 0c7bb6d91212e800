import type { MiddlewareHandler } from 'hono';
import type { Caller, Engine, EngineSource } from '../../engine/engine.ts';
import { callerOf, type Env, engineOf } from './env.ts';
import type { PlainResponse } from './plain-response.ts';

/** A request that another thread can answer as this one would. Header names are in lower case. */
export type DelegatedRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
};

/**
 * Has a request answered by another thread, over the data of one engine. `null`: answer it here.
 * @throws ProblemError `overloaded` @throws EngineError when the other thread ended @throws CallerLeftError
 */
export type Delegate = (request: DelegatedRequest, engine: Engine, caller: Caller) => Promise<PlainResponse | null>;

/** The headers of a request that its response depends on. */
const READ_HEADERS = ['accept', 'accept-encoding', 'if-none-match'] as const;

/** Answers requests by {@link Delegate}. The request's id is that of this thread. */
export function delegateRequests(delegate: Delegate, current: EngineSource): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { method, url, headers: given } = c.req.raw;
    const headers: [string, string][] = [['x-request-id', c.get('requestId')]];
    for (const name of READ_HEADERS) {
      const value = given.get(name);
      if (value !== null) headers.push([name, value]);
    }
    const response = await delegate({ method, url, headers }, engineOf(c, current), callerOf(c));
    if (response === null) return next();
    c.set('plainResponse', response);
    return c.get('toResponse')(response);
  };
}
