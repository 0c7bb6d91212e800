import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';

/** File names that end with a hash of the content. Nothing else tells a browser that it may keep a file without asking. */
const HASHED = /^\/assets\/.+-[0-9A-Z]{8}\.\w+$/;
/** The same rules as those of the bucket, in infra/stack/assets.ts; a test compares them. */
const cacheOf = (path: string) => (HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');

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
    if (!/^\/basemap\/[\w-][\w.-]*\.pmtiles$/.test(c.req.path)) {
      c.header('Cache-Control', cacheOf(c.req.path));
      return page(c, next);
    }
    const file = await stat(join(dataDirectory, c.req.path)).catch(() => undefined);
    if (!file?.isFile()) return next();
    // The ETag of the whole archive: with one per part, every request would look like a changed archive.
    c.header('ETag', `"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`);
    c.header('Cache-Control', BASEMAP_CACHE);
    c.header('Accept-Ranges', 'bytes');
    return basemap(c, next);
  };
}
