import { Hono } from 'hono';
import { PROBLEMS, type ProblemCode } from '../responses/problem.ts';

/** What a caller can do about each kind of error. The `type` of a problem links here. */
const REMEDIES: Record<ProblemCode, string> = {
  'invalid-parameters': '<code>errors</code> lists every fault with its parameter and what the value must be.',
  'query-missing':
    'Set <code>q</code>, or another parameter that selects something: a point, a category, a time. <code>errors</code> lists them.',
  'not-found':
    '<code>/search</code> returns the ids of trucks, and <code>/data/current.json</code> the version of the data.',
  'method-not-allowed': 'Use GET or HEAD. This API cannot be written to.',
  gone: 'A cursor is valid for one release of the data, and there is a newer one. Start again without <code>cursor</code>.',
  'too-large': 'Set a smaller <code>limit</code>, or download all data from <code>/data/current.json</code>.',
  internal: 'This is our fault. It is logged under <code>requestId</code>.',
  'engine-unavailable': 'Try again after the number of seconds in the <code>Retry-After</code> header.',
};

/** Swagger UI for `/openapi.json`, and the kinds of errors with the anchors that problems link to. */
function docsPage(): string {
  const problems = (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => {
    const { status, title } = PROBLEMS[code];
    return `<dt id="${code}"><code>${code}</code> <span>${status}</span> ${title}</dt><dd>${REMEDIES[code]}</dd>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Curbside API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<header><a href="/">Map</a> <a href="#problems">Errors</a> <a href="/openapi.json">openapi.json</a></header>
<main>
<div id="api"><noscript>Without JavaScript this page shows only the errors. Everything else is in
<a href="/openapi.json">openapi.json</a>.</noscript></div>
<section id="problems">
<h2>Errors</h2>
<p>Every error is a problem as defined by RFC 9457. Its <code>type</code> links to one of these kinds.</p>
<dl>
${problems.join('\n')}
</dl>
</section>
</main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script type="module" src="/docs/docs.js"></script>
</body>
</html>
`;
}

/** Both change only with a new version of the program. */
const CACHE = 'public, max-age=300';

/** `/openapi.json` and `/docs`, each created when first requested. The scripts of `/docs` are static files of the page. */
export function docsRoutes() {
  let document: string | undefined;
  let page: string | undefined;
  return new Hono()
    .get('/openapi.json', async (c) => {
      if (document === undefined) {
        // Imported late, to keep the schemas and zod out of a cold start.
        const { openapiDocument } = await import('../openapi/document.ts');
        document = JSON.stringify(openapiDocument());
      }
      return c.body(document, 200, { 'Content-Type': 'application/json', 'Cache-Control': CACHE });
    })
    .on('GET', ['/docs', '/docs/'], (c) => {
      page ??= docsPage();
      c.header('Cache-Control', CACHE);
      return c.html(page);
    });
}
