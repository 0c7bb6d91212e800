import { html } from 'hono/html';
import type { openapiDocument } from '../openapi/document.ts';
import { PROBLEMS, type ProblemCode } from '../responses/problem.ts';
import { inlineMarkdown, paragraphs } from './inline-markdown.ts';
import { operationSection } from './operation-section.ts';
import type { ReferenceOperation } from './reference-operation.ts';
import { schemaSection } from './schema-section.ts';
import type { JsonSchema, Markup } from './schema-type.ts';

/** What a caller can do about each kind of error. The `type` of a problem links here. */
const REMEDIES: Record<ProblemCode, string> = {
  'invalid-parameters': '`errors` lists every fault with its parameter and what the value must be.',
  'invalid-request':
    'Send a valid HTTP request: one `Host` header with a valid name, and a path in ASCII with percent escapes.',
  'query-missing':
    'Set `q`, or another parameter that selects something: a point, a category, a time. `errors` lists them.',
  'not-found': '`/search` returns the ids of trucks, and `/data/current.json` the version of the data.',
  'method-not-allowed': 'Use GET or HEAD. This API cannot be written to.',
  'request-timeout': 'Send the whole request at once. Requests need no body.',
  gone: 'A cursor is valid for one release of the data, and there is a newer one: start again without `cursor`. A truck that is gone has left the data: forget its id.',
  'too-large': 'Set a smaller `limit`, or download all data from `/data/current.json`.',
  'url-too-long': 'Send fewer or shorter parameters: a URL may have 8,192 characters.',
  'expectation-failed': 'Leave out the `Expect` header.',
  'rate-limited': 'Wait for the number of seconds in the `Retry-After` header. `RateLimit-Policy` has the limit.',
  'headers-too-large': 'Send fewer parameters, or fewer and shorter headers, such as cookies.',
  internal: 'This is our fault. It is logged under `requestId`.',
  'engine-unavailable': 'Try again after the number of seconds in the `Retry-After` header.',
  overloaded: 'Try again after the number of seconds in the `Retry-After` header.',
  draining: 'Only `/readyz` returns it, for load balancers: this process accepts no new connections soon.',
};

/** The API reference: an HTML page without a framework, rendered from the OpenAPI document. It needs no JavaScript. */
export function referencePage(document: ReturnType<typeof openapiDocument>): string {
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).map(([path, { parameters = [], get }]) => ({
    tag: get.tags[0],
    operation: {
      ...get,
      path,
      parameters,
      responses: resolved(get.responses, components.responses),
    } as ReferenceOperation,
  }));
  const of = (name: string) => operations.filter(({ tag }) => tag === name).map(({ operation }) => operation);
  const schemas = Object.entries(components.schemas) as [string, JsonSchema][];
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${info.summary}: every request of the API, with its parameters, responses and errors.">
<title>Curbside API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
<script type="module" src="/docs/docs.js"></script>
</head>
<body>
<header><a href="/">Map</a> <a href="#problems">Errors</a> <a href="#schemas">Schemas</a> <a href="/openapi.json">openapi.json</a></header>
<main>
<h1>Curbside API <span class="version">${info.version}</span></h1>
<p>${info.summary}.</p>
${paragraphs(info.description)}
<p>HEAD works wherever GET does.<span id="origin-note"> In the commands, <code>$API</code> is the address of this server, such as
<code>https://example.org</code>.</span></p>
<nav aria-label="Requests">
<ul>
${operations.map(
  ({ operation: { operationId, path, summary } }) =>
    html`<li><a href="#${operationId}"><code>${path}</code> ${summary}</a></li>\n`,
)}</ul>
</nav>
${tags.map(({ name, description }) => tagSection(name, description, of(name)))}
${problemSection()}
<section id="schemas">
<h2>Schemas</h2>
${schemas.map(([name, schema]) => schemaSection(name, schema))}
</section>
</main>
</body>
</html>
`}`;
}

type Responses = ReferenceOperation['responses'];

/** Responses with those that refer to a component replaced by it. */
function resolved(
  responses: Readonly<Record<string, object>>,
  components: Readonly<Record<string, object>>,
): Responses {
  const entries = Object.entries(responses).map(([status, response]) => {
    const name = '$ref' in response ? String(response.$ref).replace(/^.*\//, '') : null;
    return [status, name === null ? response : components[name]];
  });
  return Object.fromEntries(entries) as Responses;
}

function tagSection(name: string, description: string, operations: readonly ReferenceOperation[]): Markup {
  return html`<section>
<h2>${name}</h2>
<p>${inlineMarkdown(description)}</p>
${operations.map(operationSection)}
</section>
`;
}

function problemSection(): Markup {
  return html`<section id="problems">
<h2>Errors</h2>
<p>Every error is a problem as defined by RFC 9457. Its <code>type</code> links to one of these kinds.</p>
<dl>
${(Object.keys(PROBLEMS) as ProblemCode[]).map(
  (
    code,
  ) => html`<dt id="${code}"><code>${code}</code> <span>${PROBLEMS[code].status}</span> ${PROBLEMS[code].title}</dt><dd>${inlineMarkdown(REMEDIES[code])}</dd>
`,
)}</dl>
</section>
`;
}
