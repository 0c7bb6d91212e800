import type { secureHeaders } from 'hono/secure-headers';

/** A raster tile layer for the page, as Leaflet takes it. */
export type Tiles = {
  /** `https://tile.example.org/{z}/{x}/{y}.png` */
  readonly url: string;
  /** Shown on the map; plain text. */
  readonly attribution: string;
  readonly attributionUrl: string;
  /** Deepest zoom level that the server has. */
  readonly maxZoom: number;
};

type SecureHeadersOptions = NonNullable<Parameters<typeof secureHeaders>[0]>;

/**
 * The security headers of every answer, page and API alike. The page loads nothing from elsewhere but tiles, and
 * has neither inline scripts nor inline styles. A tile server that checks the Referer gets the page's origin.
 */
export function securityHeaders({
  tiles,
  reload,
}: {
  tiles: Tiles | null;
  reload: string | null;
}): SecureHeadersOptions {
  return {
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', ...(tiles ? [tileOrigin(tiles.url)] : [])],
      connectSrc: ["'self'", ...(reload ? [reload] : [])],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      workerSrc: ["'self'"],
      // Only the page that says it is one stands in somebody else's page.
      frameAncestors: [(c) => (new URL(c.req.url).searchParams.get('embed') === '1' ? '*' : "'none'")],
    },
    referrerPolicy: 'strict-origin-when-cross-origin',
    strictTransportSecurity: false,
    // The API answers everyone, from everywhere.
    crossOriginResourcePolicy: 'cross-origin',
    permissionsPolicy: { geolocation: ['self'], camera: [], microphone: [] },
  };
}

/** The origin of a tile URL as a policy source; a `{s}` host becomes a wildcard. */
function tileOrigin(url: string): string {
  const match = /^(https?:\/\/[^/]+)\//.exec(url);
  return (match?.[1] ?? "'self'").replace('{s}', '*');
}
