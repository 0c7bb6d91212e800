import { archiveOf, type Tiles } from '../../model/tile-url.ts';
import { queryOf } from '../params/url-parts.ts';

export type HeaderTable = Readonly<Record<string, string>>;

export const POLICY = 'Content-Security-Policy';

/** The hashes of the texts of the page's inline script and inline style sheet: `sha256-…`. */
export type InlineHashes = { readonly script?: string; readonly style?: string };

/** The hashes that the build wrote into the page, as `data-hash`. */
export function inlineHashes(html: string): InlineHashes {
  const found = [...html.matchAll(/<(script|style) data-hash="([^"]+)"/g)];
  return Object.fromEntries(found.map(([, tag, hash]) => [tag, hash]));
}

/** A page's policy that allows its inline script and style sheet as well. */
export function allowInline(policy: string, { script, style }: InlineHashes): string {
  const withHash = (allowed: string, name: string, hash: string | undefined) =>
    hash ? allowed.replace(`${name} 'self'`, `${name} 'self' '${hash}'`) : allowed;
  return withHash(withHash(policy, 'script-src', script), 'style-src', style);
}

/** Every origin may call the API. */
const CROSS_ORIGIN: HeaderTable = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag,Link,Server-Timing',
};

/**
 * The headers of a response with data, without those that matter to a page only: Node checks each header of each response, and 18 more
 * doubled the time of sending 31 kB (2026-11-21). Data that a browser shows as a page may load nothing and be in no frame.
 */
export const DATA_HEADERS: HeaderTable = {
  ...CROSS_ORIGIN,
  [POLICY]: "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};

/**
 * The headers of every other response, including the page's files, by its URL. The page loads only tiles from other origins, and has
 * only one inline script and one inline style sheet ({@link allowInline}). A tile server that checks the Referer gets the page's origin.
 */
export function fixedHeaders({
  tiles,
  reload,
}: {
  tiles: Tiles | null;
  reload: string | null;
}): (url: string) => HeaderTable {
  const archive = tiles && archiveOf(tiles.url);
  const table = (ancestors: string): HeaderTable => ({
    [POLICY]: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      ["img-src 'self' data:", ...(tiles && archive === null ? [tileOrigin(tiles.url)] : [])].join(' '),
      [
        "connect-src 'self'",
        ...(archive?.startsWith('http') ? [tileOrigin(archive)] : []),
        ...(reload ? [reload] : []),
      ].join(' '),
      // The preview of the embedded page.
      "frame-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "worker-src 'self'",
      `frame-ancestors ${ancestors}`,
    ].join('; '),
    ...CROSS_ORIGIN,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': 'geolocation=(self), camera=(), microphone=()',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    'X-Download-Options': 'noopen',
    'X-Frame-Options': 'SAMEORIGIN',
    'X-Permitted-Cross-Domain-Policies': 'none',
    'X-XSS-Protection': '0',
  });
  // Only the embeddable version of the page may be in a frame of another site.
  const [own, embedded] = [table("'none'"), table('*')];
  return (url) => (url.includes('embed') && new URLSearchParams(queryOf(url)).get('embed') === '1' ? embedded : own);
}

/** The origin of a tile URL as a source for the policy. A `{s}` in the host becomes a wildcard. */
function tileOrigin(url: string): string {
  const match = /^(https?:\/\/[^/]+)\//.exec(url);
  return (match?.[1] ?? "'self'").replace('{s}', '*');
}
