import { Hono } from 'hono';
import { PROBLEMS, type ProblemCode } from '../responses/problem.ts';

/** What a caller can do about each kind of error; the `type` of a problem links here. */
const REMEDIES: Record<ProblemCode, string> = {
  'invalid-parameters': 'Every fault is in <code>errors</code>, with the parameter’s name and what it must be.',
  'query-missing': 'Give <code>q</code>, or any other parameter that asks for something: a place, a category, a time.',
  'not-found': 'Ids of trucks come from <code>/search</code>, versions of data from <code>/data/current.json</code>.',
  'method-not-allowed': 'Use GET or HEAD. Nothing can be written here.',
  gone: 'A cursor is good for one release of the data, and there is a newer one. Begin again without <code>cursor</code>.',
  'too-large': 'Ask for less, with <code>limit</code>, or take the whole data from <code>/data/current.json</code>.',
  internal: 'It is our fault, and it is logged: <code>requestId</code> says where.',
  'engine-unavailable': 'Try again after as many seconds as the header <code>Retry-After</code> says.',
};

/** The page: Swagger UI over `/openapi.json`, and the kinds of errors with the anchors that problems link to. */
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
<title>The API of Curbside</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<header><a href="/">To the map</a> <a href="#problems">Errors</a> <a href="/openapi.json">openapi.json</a></header>
<main>
<div id="api"><noscript>Without scripts this page shows only the errors; everything is in
<a href="/openapi.json">openapi.json</a>.</noscript></div>
<section id="problems">
<h2>Errors</h2>
<p>Every error is a problem as RFC 9457 has it; its <code>type</code> is one of these.</p>
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

/** Seconds: both change only with the program. */
const CACHE = 'public, max-age=300';

/** `/openapi.json` and `/docs`; both are made when first asked for, and once. The page's scripts are files beside the map's. */
export function docsRoutes() {
  let document: string | undefined;
  let page: string | undefined;
  return new Hono()
    .get('/openapi.json', async (c) => {
      if (document === undefined) {
        // Its schemas, and the library that they are written with, are not for a cold start to load.
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
