import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { allowInline, type HeaderTable, POLICY } from './headers.ts';
import type { ToResponse } from './plain-response.ts';
import type { RequestIds } from './request-id.ts';
import { respond } from './respond.ts';

export type RequestContextOptions = {
  /** The headers of a response that `respond` did not create, by its URL. */
  readonly headersFor: (url: string) => HeaderTable;
  readonly toResponse: ToResponse;
  readonly idOf: RequestIds;
  readonly respondError: (thrown: unknown, c: Context<Env>) => Response;
};

/** Sets a request's id, answers preflights of browsers, and adds the fixed headers that a response does not have yet. */
export function requestContext({
  headersFor,
  toResponse,
  idOf,
  respondError,
}: RequestContextOptions): MiddlewareHandler<Env> {
  return async (c, next) => {
    const id = idOf(c.req.raw);
    c.set('requestId', id);
    c.set('toResponse', toResponse);
    if (c.req.method === 'OPTIONS') return respondPreflight(c);
    // Hono passes only errors to its error handler, and anything can be thrown.
    await next().catch((thrown: unknown) => {
      c.res = respondError(thrown, c);
    });
    if (c.get('plainResponse')) return;
    const fixed = headersFor(c.req.url);
    const { headers } = c.res;
    for (const name in fixed) headers.set(name, fixed[name] as string);
    const inline = c.get('inline');
    if (inline) headers.set(POLICY, allowInline(fixed[POLICY] ?? '', inline));
    headers.set('X-Request-Id', id);
  };
}

/** Browsers ask for permission before they send headers such as `If-None-Match` to another origin. */
function respondPreflight(c: Context<Env>): Response {
  const requested = c.req.raw.headers.get('access-control-request-headers');
  const allowed = requested && {
    'Access-Control-Allow-Headers': headerNames(requested).join(','),
    Vary: 'Access-Control-Request-Headers',
  };
  return respond(c, { status: 204, body: null, own: { 'Access-Control-Allow-Methods': 'GET,HEAD', ...allowed } });
}

/** Most header names that a preflight allows. A browser asks for the few that a page sets. */
const MAX_HEADER_NAMES = 100;

/** RFC 9110, section 5.1: whatever else a caller sends must not come back as a header. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

function headerNames(list: string): string[] {
  return list
    .split(',', MAX_HEADER_NAMES)
    .map((name) => name.trim())
    .filter((name) => HEADER_NAME.test(name));
}
