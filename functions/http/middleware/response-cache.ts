import type { MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Engine } from '../../engine/engine.ts';
import { dataFingerprint, matchesIfNoneMatch, queryOf } from './etag.ts';
import { type Env, engineOf, type PlainResponse, requestIdOf, respond } from './request-context.ts';
import { acceptsGzip, notModified } from './respond.ts';

export type ResponseCacheOptions = {
  /** The engine that answers; its name and its data's version are part of what is remembered. */
  readonly engine: () => Engine;
  /** Most bytes of answers that are kept, with their headers. */
  readonly bytes: number;
  /** Milliseconds since 1970: an answer is good for the minute in which it was made, because it says what is open. */
  readonly now: () => number;
};

/** Remembers whole answers of `/search`. */
export type ResponseCache = {
  /** A plain request's answer, where it is remembered: it takes no promise and nothing of the router. */
  readonly recall: (request: Request) => PlainResponse | null;
  /** Answers what is remembered, and remembers what is answered. */
  readonly remember: MiddlewareHandler<Env>;
};

type Kept = {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: PlainResponse['headers'];
  /** Whole minutes since 1970. */
  readonly minute: number;
  /** What it was answered of ({@link dataFingerprint}). */
  readonly data: string;
};

/** Bytes of an entry beside its body and its key: headers, and what the cache itself holds. */
const ENTRY_BYTES = 1_024;

/** An answer larger than this part of the cache would push out too many others. */
const LARGEST_PART = 1 / 16;

/**
 * Remembers answers by the query in one order of its parameters, for the minute and the data that they are of. Each request has
 * an id and a `Server-Timing` of its own. Requests that want an explanation are always answered anew; so is whatever is no
 * success, and whatever is answered while a cluster is away, which says so.
 */
export function createResponseCache({ engine: current, bytes: most, now }: ResponseCacheOptions): ResponseCache {
  const kept = new LRUCache<string, Kept>({
    maxSize: most,
    maxEntrySize: Math.floor(most * LARGEST_PART),
    sizeCalculation: ({ body }, key) => body.byteLength + key.length * 2 + ENTRY_BYTES,
  });
  /** What engines answer of. A release in this process has one engine as long as it is served; a cluster has another for each request. */
  const dataOf = new WeakMap<Engine, string>();
  const encoder = new TextEncoder();
  const minuteNow = () => Math.floor(now() / 60_000);

  function recall(request: Request): PlainResponse | null {
    const { method, url, headers } = request;
    // Behind `https://` and a host of one letter or more.
    if (method !== 'GET' || !url.startsWith('/search?', url.indexOf('/', 8))) return null;
    const key = keyOf(request);
    const known = key === null ? undefined : kept.get(key);
    if (!known || known.data !== dataOf.get(current()) || known.minute !== minuteNow() || headers.has('if-none-match'))
      return null;
    return { status: 200, body: known.body, headers: { ...known.headers, 'X-Request-Id': requestIdOf(request) } };
  }

  const remember: MiddlewareHandler<Env> = async (c, next) => {
    const request = c.req.raw;
    const key = request.method === 'GET' ? keyOf(request) : null;
    if (key === null) return next();
    const engine = engineOf(c, current);
    const about = await engine.about();
    const data = dataFingerprint({ engine: engine.name, about });
    dataOf.set(engine, data);
    const minute = minuteNow();
    const known = kept.get(key);
    if (known?.data === data && known.minute === minute) {
      const { ETag: tag = '', 'Cache-Control': cache = '' } = known.headers;
      if (matchesIfNoneMatch(request.headers.get('if-none-match'), tag)) return notModified(c, tag, cache);
      return respond(c, {
        status: 200,
        body: known.body,
        own: { ...known.headers, 'X-Request-Id': c.get('requestId') },
      });
    }
    await next();
    const { status, body, headers } = c.get('sent') ?? {};
    // What a cluster's stand-in answers says so only once it has answered.
    if (status !== 200 || !body || (about.warnings ?? []).length > 0) return;
    // Bytes are sent in three quarters of a text's time.
    const bytes = typeof body === 'string' ? encoder.encode(body) : body;
    kept.set(key, { body: bytes, headers: { ...headers, 'Server-Timing': 'cache;desc="hit"' }, minute, data });
  };

  return { recall, remember };
}

/** What an answer is remembered by: its query in one order, and whether it is compressed; `null` when it may not be remembered. */
function keyOf({ url, headers }: Request): string | null {
  const text = queryOf(url);
  if (text.includes('explain')) return null;
  return `${acceptsGzip(headers.get('accept-encoding')) ? 'gzip' : 'plain'} ${inOrder(text)}`;
}

/** A query in one order of its parameters; those of the same name stay in theirs. */
function inOrder(text: string): string {
  if (!text.includes('&')) return text;
  const parameters = text.split('&').map((parameter) => [parameter.split('=', 1)[0] as string, parameter] as const);
  return parameters
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, parameter]) => parameter)
    .join('&');
}
