import { allowInline, fixedHeaders, inlineHashes, POLICY } from '../http/middleware/headers.ts';
import type { Tiles } from '../model/tile-url.ts';
import type { SiteAddress } from './site-address.ts';

const CHARSET = '<meta charset="utf-8">';
const PREVIEW_IMAGE = '<meta property="og:image" content="/';

/**
 * Completes the built page for hosts that send no headers of ours: with its policy, and with the address of the picture in previews of links.
 * @throws Error if the built page has no inline script
 */
export function completePage(built: string, tiles: Tiles | null, { url }: SiteAddress): string {
  const inline = inlineHashes(built);
  if (!inline.script) throw new Error('the built page has no inline script');
  const policy = allowInline(sitePolicy(tiles), inline);
  return withPolicy(built, policy).replace(PREVIEW_IMAGE, `<meta property="og:image" content="${url ?? ''}`);
}

/** The server's policy, without the part that browsers ignore in a page. Any site may show this one in a frame. */
function sitePolicy(tiles: Tiles | null): string {
  const parts = fixedHeaders({ tiles, reload: null })('/')[POLICY]?.split('; ') ?? [];
  return parts.filter((part) => !part.startsWith('frame-ancestors')).join('; ');
}

/** The policy of a page without scripts. */
const PLAIN_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * A page of `/data` as a file: its links are relative, so that the site may be in any folder of a host.
 * @param depth the number of folders above it
 */
export function completePlainPage(html: string, depth: number): string {
  const root = '../'.repeat(depth);
  const relative = html
    .replace(/ href="\/v\/([^"./]+)"/g, ' href="/v/$1.html"')
    .replace(/ (href|src)="\/(?!\/)/g, (_, name: string) => ` ${name}="${root}`);
  // A site has no `/meta`: the link goes to the file that describes the release.
  return withPolicy(relative.replace(`href="${root}meta"`, `href="${root}data/current.json"`), PLAIN_POLICY);
}

function withPolicy(html: string, policy: string): string {
  const parts = html.split(CHARSET);
  if (parts.length !== 2) throw new Error(`a page must have ${CHARSET} once`);
  return parts.join(`${CHARSET}\n    <meta http-equiv="${POLICY}" content="${policy}">`);
}

/** For hosts that show `404.html` under any path, so its links start at the root of the host. */
export function notFoundPage({ path }: SiteAddress): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not found · Curbside</title>
<link rel="stylesheet" href="${path}list.css">
<h1>Page not found</h1>
<p><a href="${path}">Go to the map</a>, or see <a href="${path}data/list.html">the plain list</a>.</p>
</html>
`;
}
