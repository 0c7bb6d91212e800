import type { MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Engine } from '../engine/engine.ts';
import { type Env, engineOf, whole } from './each-request.ts';
import { dataText, isKnown, queryOf } from './fresh.ts';
import type { HeaderTable } from './headers.ts';
import { notModified, takesGzip } from './send.ts';

export type AnswerCacheOptions = {
  /** The engine that answers; its name and its data's version are part of what is remembered. */
  readonly engine: () => Engine;
  /** Most bytes of answers that are kept, with their headers. */
  readonly bytes: number;
  /** Milliseconds since 1970: an answer is good for the minute in which it was made, because it says what is open. */
  readonly now: () => number;
};

type Kept = { readonly body: Uint8Array<ArrayBuffer>; readonly own: HeaderTable };

/** Bytes of an entry beside its body and its key: headers, and what the cache itself holds. */
const ENTRY_BYTES = 1_024;

/** An answer larger than this part of the cache would push out too many others. */
const LARGEST_PART = 1 / 16;

/**
 * Remembers whole answers of `/search`, by the query in one order of its parameters, the data and the minute. Each request has
 * an id and a `Server-Timing` of its own. Requests that want an explanation are always answered anew; so is whatever is no
 * success, and whatever is answered while a cluster is away, which says so.
 */
export function answerCache({ engine: current, bytes, now }: AnswerCacheOptions): MiddlewareHandler<Env> {
  const kept = new LRUCache<string, Kept>({
    maxSize: bytes,
    maxEntrySize: Math.floor(bytes * LARGEST_PART),
    sizeCalculation: ({ body }, key) => body.byteLength + key.length * 2 + ENTRY_BYTES,
  });
  const encoder = new TextEncoder();
  return async (c, next) => {
    const { method, url, headers } = c.req.raw;
    const query = method === 'GET' ? cacheableQuery(url) : null;
    if (query === null) return next();
    const engine = engineOf(c, current);
    const about = await engine.about();
    const isGzip = takesGzip(headers.get('accept-encoding'));
    const minute = Math.floor(now() / 60_000);
    const key = `${dataText({ engine: engine.name, about })}\n${minute} ${isGzip} ${query}`;
    const known = kept.get(key);
    if (known) {
      const { ETag: tag = '', 'Cache-Control': cache = '' } = known.own;
      if (isKnown(headers.get('if-none-match'), tag)) return notModified(c, tag, cache);
      return whole(c, { status: 200, body: known.body, own: known.own });
    }
    await next();
    const sent = c.get('sent');
    // What a cluster's stand-in answers says so only once it has answered.
    if (sent?.status !== 200 || sent.body === null || (about.warnings ?? []).length > 0) return;
    // Bytes are sent in three quarters of a text's time.
    const body = typeof sent.body === 'string' ? encoder.encode(sent.body) : sent.body;
    kept.set(key, { body, own: { ...sent.own, 'Server-Timing': 'cache;desc="hit"' } });
  };
}

/** The query of a request that may be answered again, in one order; `null` when it may not. */
function cacheableQuery(url: string): string | null {
  const text = queryOf(url);
  if (text.includes('explain')) return null;
  if (!text.includes('&')) return text;
  const params = new URLSearchParams(text);
  params.sort();
  return params.toString();
}
