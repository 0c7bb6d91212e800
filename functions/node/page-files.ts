import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';

/** An archive changes when somebody cuts another one; readers hold its parts together by the ETag. */
const BASEMAP_CACHE = 'public, max-age=3600';

/**
 * The page's files for a server without a bucket, and `/basemap/NAME.pmtiles` from the data directory, by parts (Range). For doors
 * only.
 * @param root directory of the built page
 */
export function pageFiles(root: string, dataDirectory: string): MiddlewareHandler {
  const page = serveStatic({ root, precompressed: true });
  const basemap = serveStatic({ rewriteRequestPath: (path) => join(dataDirectory, path) });
  return async (c, next) => {
    if (!/^\/basemap\/[\w-][\w.-]*\.pmtiles$/.test(c.req.path)) return page(c, next);
    const file = await stat(join(dataDirectory, c.req.path)).catch(() => undefined);
    if (!file?.isFile()) return next();
    // Of the whole archive: a tag of each part's own bytes would say that it changes with every request.
    c.header('ETag', `"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`);
    c.header('Cache-Control', BASEMAP_CACHE);
    c.header('Accept-Ranges', 'bytes');
    return basemap(c, next);
  };
}
