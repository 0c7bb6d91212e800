import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Context } from 'hono';
import { acceptsGzip } from '../http/middleware/compression.ts';
import type { Env } from '../http/middleware/env.ts';
import { matchesIfNoneMatch } from '../http/middleware/etag.ts';
import { type InlineHashes, inlineHashes } from '../http/middleware/headers.ts';
import { publicOrigin } from '../http/middleware/public-origin.ts';
import { queryOf } from '../http/params/url-parts.ts';
import { withCityMark } from '../http/responses/city-mark.ts';
import { splitAfterShareTags, withShareTags } from '../http/responses/share-tags.ts';
import { textHash } from '../model/slug.ts';
import { type CompressedEnd, compressEnd, joinedGzip } from './joined-gzip.ts';

/** The longest question that a search accepts, characters. */
const MAX_TITLE = 100;

/** One version of the built page. Only its start differs between requests; the rest is 98 % of it. */
type BuiltPage = {
  readonly stamp: string;
  readonly hash: string;
  readonly inline: InlineHashes;
  readonly start: string;
  readonly end: string;
  readonly compressedEnd: CompressedEnd;
};

/**
 * Serves the page with the tags of the link that was requested. The page is read and compressed once per version: over HTTP, a visit
 * costs 0.7 ms of CPU instead of 4.2, those of the client included (2026-11-27).
 * @param file the built `index.html`, which a build may replace
 * @param city marks the page ({@link withCityMark})
 */
export function startPage(
  file: string,
  cache: string,
  city: string | null = null,
): (c: Context<Env>) => Promise<Response> {
  let page: BuiltPage | undefined;
  return async (c) => {
    const { mtimeMs, size, ino } = await stat(file);
    const stamp = `${mtimeMs} ${size} ${ino}`;
    if (page?.stamp !== stamp) page = builtPage(stamp, withCityMark(await readFile(file, 'utf8'), city));
    const { hash, inline, start, end, compressedEnd } = page;
    c.set('inline', inline);
    const about = await c
      .get('about')?.()
      .catch(() => undefined);
    const tagged = withShareTags(start, {
      city: about?.city,
      origin: publicOrigin(c),
      q: (new URLSearchParams(queryOf(c.req.url)).get('q') ?? '').trim().slice(0, MAX_TITLE),
    });
    const tag = `W/"${hash}${textHash(tagged)}"`;
    const headers = { 'Cache-Control': cache, ETag: tag, Vary: 'Accept-Encoding' };
    if (matchesIfNoneMatch(c.req.header('If-None-Match') ?? null, tag)) return c.body(null, 304, headers);
    const compresses = c.req.method !== 'HEAD' && acceptsGzip(c.req.header('Accept-Encoding') ?? null);
    if (!compresses) return c.html(tagged + end, 200, headers);
    const type = { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Encoding': 'gzip' };
    return c.body(joinedGzip(tagged, compressedEnd), 200, { ...headers, ...type });
  };
}

function builtPage(stamp: string, text: string): BuiltPage {
  const [start, end] = splitAfterShareTags(text);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { stamp, hash, inline: inlineHashes(text), start, end, compressedEnd: compressEnd(end) };
}
