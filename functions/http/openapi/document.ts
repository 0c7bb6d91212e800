import * as z from 'zod/mini';
import { operations } from './operations.ts';
import { HEADERS, SHARED_FAILURES, sharedFailures } from './responses.ts';
import { registry } from './schemas/registry.ts';

/** The same as in package.json. */
export const API_VERSION = '0.1.0';

const DESCRIPTION = `Everything is a GET (or HEAD) without a key, and every origin may call it.

A permit's hours say when a truck is *permitted to operate*, not that it is there. Times are in \`meta.timezone\`, distances in metres,
and coordinates in degrees (WGS84). The program has the MIT licence; the data has its city's own, and \`attribution\` in a response says
how to credit it.

Unknown parameters are ignored and listed in \`warnings\`. The response to an invalid request lists all of its faults. Errors are
\`application/problem+json\` (RFC 9457). Errors of \`/search\` are wrapped in the format of the original app, unless the request has
\`Accept: application/problem+json\`. An unknown path is a 404, and every
method except GET, HEAD and OPTIONS is a [405](/docs#method-not-allowed).`;

const TAGS = [
  { name: 'Finding', description: 'Searches vendors, completes texts, and returns single vendors.' },
  { name: 'Data', description: 'All data as files, and the city, licence and quality of the data.' },
  { name: 'Service', description: 'The documentation of the API, and whether it is up.' },
];

type Operation = {
  operationId: string;
  tags: readonly string[];
  summary: string;
  description: string;
  parameters?: readonly object[];
  responses: Record<number, OperationResponse>;
};
type OperationResponse = { description: string; headers: object; content?: object };

/**
 * A tuple with `items` for readers that do not know `prefixItems`. zod writes `items: false`, which they reject. The bounds on the
 * length make both mean the same.
 */
function withItems(prefixItems: readonly object[]) {
  const kinds = [...new Map(prefixItems.map((item) => [JSON.stringify(item), item])).values()];
  const { length } = prefixItems;
  return { items: kinds.length === 1 ? kinds[0] : { anyOf: kinds }, minItems: length, maxItems: length };
}

/** A path with its GET, and a HEAD with the same headers. */
function pathItem({ parameters, responses, ...operation }: Operation) {
  const get = { ...operation, responses: { ...sharedFailures, ...responses } };
  const withoutContent = Object.entries(responses).map(([status, { content, ...rest }]) => [status, rest]);
  const head = {
    ...operation,
    operationId: `${operation.operationId}Head`,
    summary: `${operation.summary}: headers only`,
    responses: { ...sharedFailures, ...Object.fromEntries(withoutContent) },
  };
  return { ...(parameters ? { parameters } : {}), get, head };
}

/** Every component schema, as JSON Schema 2020-12. */
function schemas(): Record<string, object> {
  const { schemas: all } = z.toJSONSchema(registry, {
    metadata: registry,
    // `output` would forbid additional keys, and generated clients would fail when responses get new ones.
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      // Every `int` has these bounds; they say nothing about the value.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // Without it, generators choose 32 bits, which move a place by up to 0.8 m.
      if (jsonSchema.type === 'number') jsonSchema.format = 'double';
      if (jsonSchema.prefixItems) Object.assign(jsonSchema, withItems(jsonSchema.prefixItems as object[]));
    },
  });
  return Object.fromEntries(Object.entries(all).map(([key, { $schema, $id, id: _, ...schema }]) => [key, schema]));
}

/** OpenAPI 3.1 of the whole API, from the same tables and schemas as the API itself. */
export function openapiDocument() {
  const items = Object.entries(operations()).map(([path, item]) => [path, pathItem(item)]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Curbside',
      version: API_VERSION,
      summary: "Street food from a city's own open data",
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // No request needs a key.
    security: [],
    tags: TAGS,
    paths: Object.fromEntries(items) as Record<string, ReturnType<typeof pathItem>>,
    components: {
      schemas: schemas(),
      headers: HEADERS,
      responses: SHARED_FAILURES,
    },
    externalDocs: { url: '/docs#problems', description: 'Kinds of errors' },
  };
}
