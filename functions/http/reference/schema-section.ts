import { html } from 'hono/html';
import { inlineMarkdown } from './inline-markdown.ts';
import { type JsonSchema, type Markup, schemaAnchor, typeOf } from './schema-type.ts';

/** One schema of the responses, with a row for each key; the keys of an object in it are listed with their path. */
export function schemaSection(name: string, schema: JsonSchema): Markup {
  const rows = rowsOf(schema, '');
  return html`<section class="schema" id="${schemaAnchor(name)}">
<h3><code>${name}</code></h3>
${schema.description ? html`<p>${inlineMarkdown(schema.description)}</p>` : ''}
${rows.length === 0 ? html`<p class="type">${typeOf(schema)}</p>` : keyTable(name, rows)}
</section>
`;
}

type Row = { readonly key: string; readonly isOptional: boolean; readonly schema: JsonSchema };

function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix: string): Row[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = `${prefix}${name}`;
    return [{ key, isOptional: !required.includes(name), schema }, ...rowsOf(schema, `${key}.`)];
  });
}

function keyTable(name: string, rows: readonly Row[]): Markup {
  return html`<table>
<caption>Keys of ${name}</caption>
<thead><tr><th scope="col">Key</th><th scope="col">Value</th></tr></thead>
<tbody>
${rows.map(
  ({ key, isOptional, schema }) => html`<tr>
<th scope="row"><code>${key}</code>${isOptional ? html` <span class="required">optional</span>` : ''}</th>
<td><span class="type">${typeOf(schema)}</span> ${schema.description ? inlineMarkdown(schema.description) : ''}</td>
</tr>
`,
)}</tbody>
</table>`;
}
