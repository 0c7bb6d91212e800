import { html } from 'hono/html';
import { exampleRequests } from './example-requests.ts';
import { inlineMarkdown } from './inline-markdown.ts';
import type { ReferenceOperation, ReferenceParameter, ReferenceResponse } from './reference-operation.ts';
import { boundsOf, joined, type Markup, typeOf } from './schema-type.ts';

/** One path: its parameters, requests to try, and its responses. */
export function operationSection(operation: ReferenceOperation): Markup {
  const { path, operationId, summary, description, parameters, responses } = operation;
  return html`<section class="operation" id="${operationId}">
<h3><code><span class="method">GET</span> ${path}</code></h3>
<p><strong>${summary}.</strong> ${inlineMarkdown(description)}</p>
${parameters.length === 0 ? '' : parameterTable(summary, parameters)}
<h4>Try it</h4>
${exampleRequests(operation).map(request)}
<h4>Responses</h4>
<dl class="responses">
${Object.entries(responses).map(([status, response]) => responseEntry(status, response))}
</dl>
</section>
`;
}

/** A link where the request works with any data, and the command. */
function request({ url, isLink }: { url: string; isLink: boolean }): Markup {
  return html`<p class="request">${isLink ? html`<a href="${url}">${url}</a>` : html`<code>${url}</code>`}</p>
<pre><code>curl "<span class="origin">$API</span>${url.replaceAll('"', '%22')}"</code></pre>
`;
}

function parameterTable(summary: string, parameters: readonly ReferenceParameter[]): Markup {
  return html`<table>
<caption>Parameters of “${summary}”</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${parameters.map(
  ({ name, required, schema, description, example }) => html`<tr>
<th scope="row"><code>${name}</code>${required ? html` <span class="required">required</span>` : ''}</th>
<td><span class="type">${joined([typeOf(schema), ...boundsOf({ ...schema.items, ...schema }).map((one) => html`${one}`)], ', ')}</span>
${inlineMarkdown(description)}${example === undefined ? '' : html` Example: <code>${String(example)}</code>`}</td>
</tr>
`,
)}</tbody>
</table>`;
}

function responseEntry(status: string, { description, content = {} }: ReferenceResponse): Markup {
  return html`<dt><code>${status}</code> ${inlineMarkdown(description)}</dt>
${Object.entries(content).map(
  ([type, { schema, example }]) => html`<dd><code>${type}</code>: ${typeOf(schema)}
${example === undefined || status !== '200' ? '' : exampleBody(type, example)}</dd>
`,
)}`;
}

function exampleBody(type: string, example: unknown): Markup {
  const text = typeof example === 'string' ? example : JSON.stringify(example, null, 2);
  return html`<details><summary>Example<span class="unseen"> of ${type}</span></summary><pre><code>${text}</code></pre></details>`;
}
