import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from './env.ts';
import { allowScript, type HeaderTable, POLICY } from './headers.ts';
import type { ToResponse } from './plain-response.ts';
import { respond } from './respond.ts';

export type RequestContextOptions = {
  /** The headers of a response that `respond` did not create, by its URL. */
  readonly headersFor: (url: string) => HeaderTable;
  readonly toResponse: ToResponse;
};

/** Sets a request's id, answers preflights of browsers, and adds the fixed headers that a response does not have yet. */
export function requestContext({ headersFor, toResponse }: RequestContextOptions): MiddlewareHandler<Env> {
  return async (c, next) => {
    const id = requestIdOf(c.req.raw);
    c.set('requestId', id);
    c.set('toResponse', toResponse);
    if (c.req.method === 'OPTIONS') return respondPreflight(c);
    await next();
    if (c.get('plainResponse')) return;
    const fixed = headersFor(c.req.url);
    const { headers } = c.res;
    for (const name in fixed) headers.set(name, fixed[name] as string);
    const script = c.get('inlineScript');
    if (script) headers.set(POLICY, allowScript(fixed[POLICY] ?? '', script));
    headers.set('X-Request-Id', id);
  };
}

/** The id that the caller sent if it is usable, else a new one. */
export function requestIdOf({ headers }: Request): string {
  const given = headers.get('x-request-id');
  return given && given.length <= 255 && /^[\w\-=]+$/.test(given) ? given : newId();
}

/** Bytes as two hexadecimal digits each: formatting the number each time takes several times as long. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID (RFC 9562). It is not a secret, and the platform's own generator costs a cold start several milliseconds. */
function newId(): string {
  const random = () => Math.floor(Math.random() * 0x1_0000_0000);
  const two = (bits: number) => `${HEX[bits & 0xff]}${HEX[(bits >>> 8) & 0xff]}`;
  const [a, b, c, d] = [random(), random(), random(), random()];
  const version = `${HEX[0x40 | (b & 0x0f)]}${HEX[(b >>> 8) & 0xff]}`;
  const variant = `${HEX[0x80 | (c & 0x3f)]}${HEX[(c >>> 8) & 0xff]}`;
  return `${two(a)}${two(a >>> 16)}-${two(b >>> 16)}-${version}-${variant}-${two(c >>> 16)}${two(d)}${two(d >>> 16)}`;
}

/** Browsers ask for permission before they send headers such as `If-None-Match` to another origin. */
function respondPreflight(c: Context<Env>): Response {
  const requested = c.req.raw.headers.get('access-control-request-headers');
  const allowed = requested && {
    'Access-Control-Allow-Headers': requested.split(/\s*,\s*/).join(','),
    Vary: 'Access-Control-Request-Headers',
  };
  return respond(c, { status: 204, body: null, own: { 'Access-Control-Allow-Methods': 'GET,HEAD', ...allowed } });
}
