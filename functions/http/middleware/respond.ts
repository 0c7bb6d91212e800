import type { Context } from 'hono';
import { matchesIfNoneMatch } from './etag.ts';
import type { HeaderTable } from './headers.ts';
import { type Env, respond } from './request-context.ts';

/** Compresses a text to gzip. */
export type Gzip = (text: string) => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;

export type TextResponse = {
  readonly type: string;
  /** The answer's ETag. */
  readonly tag: string;
  readonly cache: string;
  readonly more?: HeaderTable;
};

/** Below so many characters gzip saves nothing worth its time. */
const LEAST_GZIP = 1_024;

/** Answers with texts: 304 to who has them, compressed for who takes that, and with all of their headers at once. */
export function createTextResponder(gzip: Gzip = streamed) {
  return async (c: Context<Env>, text: string, { type, tag, cache, more }: TextResponse): Promise<Response> => {
    const asked = c.req.raw.headers;
    if (matchesIfNoneMatch(asked.get('if-none-match'), tag)) return notModified(c, tag, cache);
    const own = { 'Content-Type': type, 'Cache-Control': cache, ETag: tag, Vary: 'Accept-Encoding', ...more };
    const isWorth = text.length >= LEAST_GZIP && c.req.method !== 'HEAD';
    if (!isWorth || !acceptsGzip(asked.get('accept-encoding'))) return respond(c, { status: 200, body: text, own });
    return respond(c, { status: 200, body: await gzip(text), own: { ...own, 'Content-Encoding': 'gzip' } });
  };
}

export type TextResponder = ReturnType<typeof createTextResponder>;

/** Tells a caller that what it has is still right. */
export function notModified(c: Context<Env>, tag: string, cache: string): Response {
  return respond(c, { status: 304, body: null, own: { 'Cache-Control': cache, ETag: tag, Vary: 'Accept-Encoding' } });
}

/** Whether an `Accept-Encoding` takes gzip (RFC 9110, 12.5.3). */
export function acceptsGzip(accepted: string | null): boolean {
  if (accepted === null) return false;
  if (accepted.startsWith('gzip,')) return true;
  const codings = accepted.toLowerCase().split(',');
  const named = (name: string) => codings.map((one) => one.split(';')).find(([coding = '']) => coding.trim() === name);
  const [, ...weights] = named('gzip') ?? named('*') ?? ['', 'q=0'];
  return !weights.some((weight) => /^\s*q=0(\.0*)?\s*$/.test(weight));
}

/** What every platform has; where there is a faster one, the app is given it. */
async function streamed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
