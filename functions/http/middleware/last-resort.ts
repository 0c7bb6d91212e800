import { pathnameOf } from '../params/url-parts.ts';
import { problem, wrapped } from '../responses/problem.ts';
import type { Log } from './error-responses.ts';
import { DATA_HEADERS } from './headers.ts';
import type { ToResponse } from './plain-response.ts';
import { newRequestId } from './request-id.ts';
import { REFUSED, type RequestObserver } from './request-record.ts';
import { describeThrown } from './thrown-value.ts';

type Fetch = (request: Request, ...rest: never[]) => Response | Promise<Response>;

export type LastResortOptions = {
  readonly log: Log;
  readonly toResponse: ToResponse;
  readonly observe?: RequestObserver | undefined;
  /** The path of the city's map page, with slashes at both ends. Default: `/`. */
  readonly root?: string;
};

/**
 * Responds with a problem to whatever the app throws outside of its error handler: values that are not errors, faults of the router,
 * of the response cache and of the error handler itself.
 */
export function withLastResort<F extends Fetch>(
  fetch: F,
  { log, toResponse, observe, root = '/' }: LastResortOptions,
): F {
  function respond(thrown: unknown, request: Request): Response {
    const requestId = newRequestId();
    log('bug', { requestId, error: describeThrown(thrown) });
    const { method } = request;
    observe?.({ ...REFUSED, requestId, method, status: 500, durationMs: 0, refused: null }, request);
    const detail = 'Something went wrong on our side. It is logged under this request id';
    const body = problem('internal', detail, { requestId });
    const isSearch = ['/search', `${root}search`].includes(pathnameOf(String(request.url)));
    const type = isSearch ? 'application/json' : 'application/problem+json';
    return toResponse({
      status: 500,
      body: JSON.stringify(isSearch ? wrapped(body) : body),
      headers: { 'X-Request-Id': requestId, ...DATA_HEADERS, 'Content-Type': type, 'Cache-Control': 'no-store' },
    });
  }
  const guarded = (request: Request, ...rest: never[]) => {
    try {
      const response = fetch(request, ...rest);
      // A cached response comes without a promise, which would cost as much as the cache lookup.
      if (!(response instanceof Promise)) return response;
      return response.catch((thrown: unknown) => respond(thrown, request));
    } catch (thrown) {
      return respond(thrown, request);
    }
  };
  return guarded as F;
}

/** The log, which never throws: an error that cannot be logged goes to the console, so that its request still gets a response. */
export function safeLog(log: Log): Log {
  return (event, fields) => {
    try {
      log(event, fields);
    } catch (error) {
      console.error(`not logged: ${event}`, describeThrown(error));
    }
  };
}
