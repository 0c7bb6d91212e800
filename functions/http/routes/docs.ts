import { Hono } from 'hono';

/** Both change only with a new version of the program. */
const CACHE = 'public, max-age=300';

/** `/openapi.json`, and `/docs`, the same as a page; each is created when it is first requested. */
export function docsRoutes() {
  let json: string | undefined;
  let page: string | undefined;
  // Imported late, to keep the schemas and zod out of a cold start.
  const documentation = async () => (await import('../reference/documentation.ts')).documentation;
  return new Hono()
    .get('/openapi.json', async (c) => {
      json ??= (await documentation()).openapiJson();
      return c.body(json, 200, { 'Content-Type': 'application/json', 'Cache-Control': CACHE });
    })
    .on('GET', ['/docs', '/docs/'], async (c) => {
      page ??= (await documentation()).page();
      c.header('Cache-Control', CACHE);
      return c.html(page);
    });
}
