import type { MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Engine } from '../engine/engine.ts';

export type AnswerCacheOptions = {
  /** The engine that would answer; its name and its data's version are part of what is remembered. */
  readonly engine: () => Engine;
  /** Most bytes of answers that are kept, with their headers. */
  readonly bytes: number;
  /** Milliseconds since 1970: an answer is good for the minute in which it was made, because it says what is open. */
  readonly now: () => number;
};

/** Bytes and plain objects are what a server sends without making a Response of its own. */
type Kept = { readonly body: Uint8Array<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> };

/** Bytes of an entry beside its body and its key: headers, and what the cache itself holds. */
const ENTRY_BYTES = 1_024;

/** An answer larger than this part of the cache would push out too many others. */
const LARGEST_PART = 1 / 16;

/** Of one request only. */
const OWN_HEADERS = ['x-request-id', 'server-timing'];

/**
 * Remembers whole answers of `/search`, by the query in one order of its parameters, the data's version and the minute. To stand before all other
 * middleware. Requests that want an explanation, or carry an id of their own, are always answered anew; so is whatever is no success.
 */
export function answerCache({ engine: current, bytes, now }: AnswerCacheOptions): MiddlewareHandler {
  const kept = new LRUCache<string, Kept>({
    maxSize: bytes,
    maxEntrySize: Math.floor(bytes * LARGEST_PART),
    sizeCalculation: ({ body }, key) => body.byteLength + key.length * 2 + ENTRY_BYTES,
  });
  return async (c, next) => {
    const query = cacheableQuery(c.req.raw);
    if (query === null) return next();
    const engine = current();
    const { version } = await engine.about();
    const isGzip = c.req.header('Accept-Encoding')?.includes('gzip') === true;
    const key = `${engine.name} ${version} ${Math.floor(now() / 60_000)} ${isGzip} ${query}`;
    const known = kept.get(key);
    if (known) return again(known, c.req.header('If-None-Match'));
    await next();
    const { res } = c;
    if (res.status !== 200) return;
    const body = new Uint8Array(await res.arrayBuffer());
    const shared = [...res.headers].filter(([name]) => !OWN_HEADERS.includes(name));
    kept.set(key, { body, headers: Object.fromEntries([...shared, ['content-length', String(body.length)]]) });
    c.res = new Response(body, res);
  };
}

/** The query of a request that may be answered again, in one order; `null` when it may not. */
function cacheableQuery({ method, url, headers }: Request): string | null {
  const start = url.indexOf('?');
  const path = start < 0 ? url : url.slice(0, start);
  if (method !== 'GET' || !path.endsWith('/search') || headers.has('x-request-id')) return null;
  // What a condition asks for is compared below; ranges and the like are not served here at all.
  const text = url.slice(start + 1);
  if (text.includes('explain')) return null;
  if (!text.includes('&')) return text;
  const params = new URLSearchParams(text);
  params.sort();
  return params.toString();
}

function again({ body, headers }: Kept, condition: string | undefined): Response {
  if (headers.etag === undefined || !condition?.split(/\s*,\s*/).includes(headers.etag)) {
    return new Response(body, { headers });
  }
  const left = Object.entries(headers).filter(([name]) => !/^content-(?:length|type|encoding)$/.test(name));
  return new Response(null, { status: 304, headers: Object.fromEntries(left) });
}
