import * as z from 'zod/mini';
import { operations } from './operations.ts';
import { HEADERS, METHOD_NOT_ALLOWED } from './responses.ts';
import { wire } from './schemas/wire.ts';

/** Of the API; as package.json has it. */
export const API_VERSION = '0.1.0';

const ABOUT = `Everything is a GET (or HEAD) without a key; every origin may call it.

A permit's hours say when a truck is *permitted to operate*, never that it is there. Times are meant in \`meta.timezone\`, distances
are metres, coordinates degrees (WGS84). The program is under the MIT licence; the data is under its city's own, and \`attribution\` in
an answer says how it wants to be named.

Unknown parameters are ignored and named in \`warnings\`. A bad request names everything that is wrong with it. Errors are
\`application/problem+json\` (RFC 9457); those of \`/search\` stand inside of what the original app answered, unless
\`Accept: application/problem+json\` asks for them plain. An unknown path is 404, a method other than these 405.`;

type Operation = {
  operationId: string;
  summary: string;
  parameters?: readonly object[];
  responses: Record<number, Answer>;
};
type Answer = { description: string; headers: object; content?: object };

/** A path with its GET, and the HEAD that answers the same without a body. */
function pathItem({ parameters, ...get }: Operation) {
  const responses = Object.entries(get.responses).map(([status, { content, ...rest }]) => [status, rest]);
  const head = { ...get, operationId: `${get.operationId}Head`, summary: `${get.summary}: only the headers` };
  return { ...(parameters ? { parameters } : {}), get, head: { ...head, responses: Object.fromEntries(responses) } };
}

/** Every named schema, as JSON Schema 2020-12. */
function schemas(): Record<string, object> {
  const { schemas: all } = z.toJSONSchema(wire, {
    metadata: wire,
    // Answers may get new keys: `output` would forbid them to those who generate clients.
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      // Every `int` has them; they are of the language, not of the value.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return Object.fromEntries(Object.entries(all).map(([key, { $schema, $id, id: _, ...schema }]) => [key, schema]));
}

/** OpenAPI 3.1 of the whole API, from the tables and schemas that it works with. */
export function openapiDocument() {
  const items = Object.entries(operations()).map(([path, item]) => [path, pathItem(item)]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Curbside',
      version: API_VERSION,
      summary: "Street food from a city's own open data",
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [{ name: 'Finding' }, { name: 'Data' }, { name: 'Service' }],
    paths: Object.fromEntries(items) as Record<string, ReturnType<typeof pathItem>>,
    components: {
      schemas: schemas(),
      headers: HEADERS,
      responses: { MethodNotAllowed: METHOD_NOT_ALLOWED },
    },
    externalDocs: { url: '/docs#problems', description: 'The kinds of errors' },
  };
}
