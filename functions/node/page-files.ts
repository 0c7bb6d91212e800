import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';

/** An archive changes when another one is extracted; the ETag tells readers that its parts belong together. */
const BASEMAP_CACHE = 'public, max-age=3600';

/**
 * Serves the page's files, and `/basemap/NAME.pmtiles` from the data directory with Range requests. On AWS, S3 serves both.
 * @param root directory of the built page
 */
export function pageFiles(root: string, dataDirectory: string): MiddlewareHandler {
  const page = serveStatic({ root, precompressed: true });
  const basemap = serveStatic({ rewriteRequestPath: (path) => join(dataDirectory, path) });
  return async (c, next) => {
    if (!/^\/basemap\/[\w-][\w.-]*\.pmtiles$/.test(c.req.path)) return page(c, next);
    const file = await stat(join(dataDirectory, c.req.path)).catch(() => undefined);
    if (!file?.isFile()) return next();
    // The ETag of the whole archive: with one per part, every request would look like a changed archive.
    c.header('ETag', `"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`);
    c.header('Cache-Control', BASEMAP_CACHE);
    c.header('Accept-Ranges', 'bytes');
    return basemap(c, next);
  };
}
