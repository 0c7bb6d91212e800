import { archiveOf } from '../../model/tile-url.ts';

/** The page's base layer. */
export type Tiles = {
  /** Pictures (`https://tile.example.org/{z}/{x}/{y}.png`), or a PMTiles archive ({@link archiveOf}). */
  readonly url: string;
  /** Shown on the map; plain text. */
  readonly attribution: string;
  readonly attributionUrl: string;
  /** Deepest zoom level that a server of pictures has; an archive says its own. */
  readonly maxZoom: number;
};

export type HeaderTable = Readonly<Record<string, string>>;

/** Every web page may call the API. */
const OPEN: HeaderTable = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag,Link,Server-Timing',
};

/**
 * The headers of an answer with data. What only a page needs is left out: Node looks at each header of each answer, and 18 more
 * of them doubled the time of sending 31 kB (2026-11-21). Opened as a page, data may load nothing and stands in no frame.
 */
export const DATA_HEADERS: HeaderTable = {
  ...OPEN,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};

/**
 * The headers of every other answer, the page's files among them, for the address that was asked for. The page loads nothing from
 * elsewhere but tiles, and has neither inline scripts nor inline styles; a tile server that checks the Referer gets the page's origin.
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
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      ["img-src 'self' data:", ...(tiles && archive === null ? [tileOrigin(tiles.url)] : [])].join(' '),
      [
        "connect-src 'self'",
        ...(archive?.startsWith('http') ? [tileOrigin(archive)] : []),
        ...(reload ? [reload] : []),
      ].join(' '),
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "worker-src 'self'",
      `frame-ancestors ${ancestors}`,
    ].join('; '),
    ...OPEN,
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
  // Only the page that says it is one stands in somebody else's page.
  const [own, embedded] = [table("'none'"), table('*')];
  return (url) => (url.includes('embed') && new URL(url).searchParams.get('embed') === '1' ? embedded : own);
}

/** The origin of a tile URL as a policy source; a `{s}` host becomes a wildcard. */
function tileOrigin(url: string): string {
  const match = /^(https?:\/\/[^/]+)\//.exec(url);
  return (match?.[1] ?? "'self'").replace('{s}', '*');
}
