import type { Context, MiddlewareHandler } from 'hono';
import type { Engine } from '../engine/engine.ts';
import { DATA_HEADERS, type HeaderTable } from './headers.ts';

/** An answer's body and its own headers, beside those of all data. */
export type Sent = {
  readonly status: number;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  readonly own: HeaderTable;
};

/** What a request carries from one handler to the next. */
export type Env = {
  Variables: {
    /** To find the request in the log: the caller's own where it has one, else a new one. */
    requestId: string;
    /** The engine that answers it, once something has asked: an answer, and what is remembered of it, is of one engine. */
    engine: Engine;
    /** What {@link whole} has answered. */
    sent: Sent;
  };
};

/** Gives each request an id, and each answer the headers that it does not have yet; answers browsers' preflights. */
export function eachRequest(headersFor: (url: string) => HeaderTable): MiddlewareHandler<Env> {
  return async (c, next) => {
    const id = idOf(c.req.raw.headers.get('x-request-id'));
    c.set('requestId', id);
    if (c.req.method === 'OPTIONS') return preflight(c);
    await next();
    if (c.get('sent')) return;
    const fixed = headersFor(c.req.url);
    const { headers } = c.res;
    for (const name in fixed) headers.set(name, fixed[name] as string);
    headers.set('X-Request-Id', id);
  };
}

/** The engine of a request. */
export function engineOf(c: Context<Env>, current: () => Engine): Engine {
  const known = c.get('engine') as Engine | undefined;
  if (known) return known;
  const engine = current();
  c.set('engine', engine);
  return engine;
}

/** An answer that needs nothing more: with the headers of all data, and its own over them. */
export function whole(c: Context<Env>, { status, body, own }: Sent): Response {
  c.set('sent', { status, body, own });
  // Headers as a plain object are what a Node server sends without looking at each of them again.
  return new Response(body, { status, headers: { ...DATA_HEADERS, 'X-Request-Id': c.get('requestId'), ...own } });
}

function idOf(given: string | null): string {
  return given && given.length <= 255 && /^[\w\-=]+$/.test(given) ? given : newId();
}

/** A version 4 UUID (RFC 9562). It is no secret: the platform's own generator takes a cold start several milliseconds to load. */
function newId(): string {
  const digits = (count: number) =>
    Math.floor(Math.random() * 16 ** count)
      .toString(16)
      .padStart(count, '0');
  const variant = (8 + Math.floor(Math.random() * 4)).toString(16);
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
}

/** A browser asks before it sends a header of its own, such as `If-None-Match`. */
function preflight(c: Context<Env>): Response {
  const asked = c.req.raw.headers.get('access-control-request-headers');
  const allowed = asked && {
    'Access-Control-Allow-Headers': asked.split(/\s*,\s*/).join(','),
    Vary: 'Access-Control-Request-Headers',
  };
  return whole(c, { status: 204, body: null, own: { 'Access-Control-Allow-Methods': 'GET,HEAD', ...allowed } });
}
