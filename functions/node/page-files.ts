import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';
import type { Env } from '../http/middleware/env.ts';
import { startPage } from './start-page.ts';

/** File names that end with a hash of the content. Nothing else tells a browser that it may keep a file without asking. */
const HASHED = /^\/assets\/.+-[0-9A-Z]{8}\.\w+$/;
/** What names all other files of a build: an update arrives with the next load. Icons, manifest and style sheets may be five minutes old. */
const UPDATED_AT_ONCE = /^\/(index\.html|worker\.js)?$/;
/** The same rules as those of the bucket, in infra/stack/assets.ts; a test compares them. */
const cacheOf = (path: string) =>
  HASHED.test(path)
    ? 'public, max-age=31536000, immutable'
    : UPDATED_AT_ONCE.test(path)
      ? 'no-cache'
      : 'public, max-age=300';

/** The folder of base maps in the data directory, and the first part of their paths. */
export const BASEMAP_FOLDER = 'basemap';
const BASEMAP = new RegExp(`^/${BASEMAP_FOLDER}/[\\w-][\\w.-]*\\.pmtiles$`);

/** An archive changes when another one is extracted; the ETag tells readers that its parts belong together. */
const BASEMAP_CACHE = 'public, max-age=3600';

/**
 * Serves the page's files, and `/basemap/NAME.pmtiles` from the data directory with Range requests. On AWS, S3 serves both.
 * @param root directory of the built page
 * @param city marks the start page as that of one of several cities; the default city has no mark
 */
export function pageFiles(root: string, dataDirectory: string, city: string | null = null): MiddlewareHandler<Env> {
  const page = serveStatic<Env>({ root, precompressed: true });
  const start = startPage(join(root, 'index.html'), cacheOf('/'), city);
  const basemap = serveStatic<Env>({ rewriteRequestPath: (path) => join(dataDirectory, path) });
  return async (c, next) => {
    if (c.req.path === '/') return start(c);
    if (!BASEMAP.test(c.req.path)) {
      c.header('Cache-Control', cacheOf(c.req.path));
      await assertFilesOpen(root);
      return page(c, next);
    }
    const file = await stat(join(dataDirectory, c.req.path)).catch(() => undefined);
    if (!file?.isFile()) return next();
    // The ETag of the whole archive: with one per part, every request would look like a changed archive.
    c.header('ETag', `"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`);
    c.header('Cache-Control', BASEMAP_CACHE);
    c.header('Accept-Ranges', 'bytes');
    await assertFilesOpen(root);
    return basemap(c, next);
  };
}

/**
 * `serveStatic` opens a file after its 200 is sent, so that a client would get an empty file when too many are open.
 * @throws Error with the code EMFILE or ENFILE, which the app answers with a 503
 */
async function assertFilesOpen(directory: string): Promise<void> {
  const opened = await open(directory);
  await opened.close();
}
