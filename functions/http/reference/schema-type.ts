import { html } from 'hono/html';

/** What the reference reads of a JSON Schema (2020-12). */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
};

/** Text that is escaped already. */
export type Markup = ReturnType<typeof html>;

export const schemaAnchor = (name: string): string => `schema-${name}`;

/** The type of a value in words, with links to the schemas that it refers to: `list of Truck`, `integer or null`. */
export function typeOf(schema: JsonSchema): Markup {
  const { $ref, anyOf, oneOf, allOf, items, prefixItems, additionalProperties, type } = schema;
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return html`<a href="#${schemaAnchor(name)}">${name}</a>`;
  }
  const alternatives = anyOf ?? oneOf ?? allOf;
  if (alternatives) return joined(alternatives.map(typeOf), ' or ');
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum)
    return joined(
      schema.enum.map((value) => html`<code>${String(value)}</code>`),
      ', ',
    );
  if (prefixItems) return html`[${joined(prefixItems.map(typeOf), ', ')}]`;
  if (items) return html`list of ${typeOf(items)}`;
  if (typeof additionalProperties === 'object' && !schema.properties)
    return html`object of ${typeOf(additionalProperties)}`;
  return html`${[type ?? 'any value'].flat().join(' or ')}`;
}

/** The bounds and the default of a value, each as a phrase. */
export function boundsOf({ minimum, maximum, maxLength, maxItems, default: fallback }: JsonSchema): string[] {
  const range = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : null;
  return [
    ...(range ? [range] : []),
    ...(!range && minimum !== undefined ? [`at least ${minimum}`] : []),
    ...(!range && maximum !== undefined ? [`at most ${maximum}`] : []),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems} values`]),
    ...(fallback === undefined ? [] : [`default ${String(fallback)}`]),
  ];
}

export function joined(parts: readonly Markup[], separator: string): Markup {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${separator}${part}`))}`;
}
