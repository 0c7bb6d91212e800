import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openapiDocument } from '../../../../functions/http/openapi/document.ts';

type DocumentedResponse = {
  headers: Record<string, unknown>;
  content?: Record<string, { schema: object; example?: unknown; examples?: Record<string, { value: unknown }> }>;
};
type Method = { responses: Record<string, DocumentedResponse> };
type Document = ReturnType<typeof openapiDocument>;

export const document: Document = openapiDocument();

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'https://api.example/', ...closed(document) });

/** The document with every object closed: unlike for callers, an undocumented key is a fault here. */
function closed(value: unknown): object {
  const text = JSON.stringify(value, (_key, part) =>
    part?.type === 'object' && part.properties && !('additionalProperties' in part)
      ? { ...part, additionalProperties: false }
      : part,
  );
  return JSON.parse(text);
}

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value by a schema of the document. */
export function faultsOf(schema: object, value: unknown): string[] {
  const key = JSON.stringify(closed(schema)).replaceAll('"#/', '"https://api.example/#/');
  const validate = compiled.get(key) ?? ajv.compile(JSON.parse(key));
  compiled.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Headers that must be documented for each response that has them. */
const DOCUMENTED_HEADERS = [
  'etag',
  'link',
  'server-timing',
  'retry-after',
  'content-disposition',
  'allow',
  'cache-control',
];

/** @throws Error with every difference between a response and the document. */
export async function checkResponse(method: string, url: string, response: Response): Promise<void> {
  const { pathname } = new URL(url, 'http://town.example');
  const path = Object.keys(document.paths).find((template) => matches(template, pathname));
  const item = path === undefined ? undefined : (document.paths[path] as unknown as Record<string, Method>);
  const own = item?.[method.toLowerCase()]?.responses[response.status];
  const documented = (own && resolved(own)) ?? responseOfAnyPath(path, method, response.status);
  const faults: string[] = [];
  if (!documented) throw new Error(`${method} ${url}: ${response.status} is not in the document`);
  const headers = Object.keys(documented.headers).map((name) => name.toLowerCase());
  for (const name of DOCUMENTED_HEADERS) {
    if (response.headers.get(name) && !headers.includes(name)) faults.push(`the header ${name} is not in the document`);
  }
  const body = await response.text();
  if (method === 'HEAD' || response.status === 304) {
    if (body !== '') faults.push('there is a body');
  } else {
    const type = response.headers.get('Content-Type')?.split(';')[0] ?? 'no type';
    const content = documented.content?.[type];
    if (!content) faults.push(`${type} is not in the document`);
    else faults.push(...faultsOf(content.schema, type.endsWith('json') ? JSON.parse(body) : body));
  }
  if (faults.length > 0)
    throw new Error(`${method} ${url}: ${response.status}\n${faults.join('\n')}\n${body.slice(0, 500)}`);
}

/** The response that a reference names. */
function resolved(response: DocumentedResponse & { $ref?: string }): DocumentedResponse {
  const shared: Record<string, unknown> = document.components.responses;
  return response.$ref ? (shared[response.$ref.split('/').at(-1) ?? ''] as DocumentedResponse) : response;
}

function matches(template: string, pathname: string): boolean {
  const pattern = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '(?:(?!\\.ics$)[^/])+');
  return new RegExp(`^${pattern}${template === '/docs' ? '/?' : ''}$`).test(pathname);
}

/** The responses that no path documents: an unknown path, and a method that is not allowed. */
function responseOfAnyPath(path: string | undefined, method: string, status: number): DocumentedResponse | undefined {
  const schema = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
  const content = { 'application/problem+json': schema('Problem'), 'application/json': schema('SearchFailure') };
  if (status === 405 && !['GET', 'HEAD'].includes(method))
    return { headers: { 'Cache-Control': {}, Allow: {} }, content };
  if (status === 404 && path === undefined) return { headers: { 'Cache-Control': {} }, content };
  return undefined;
}

/** The app, with each of its responses checked against the document. */
export function conforming<App extends { request: (...args: never[]) => Response | Promise<Response> }>(app: App): App {
  const request = app.request as unknown as (url: string, init?: RequestInit) => Promise<Response>;
  const checked = async (url: string, init?: RequestInit) => {
    const response = await request(url, init);
    await checkResponse(init?.method ?? 'GET', url, response.clone());
    return response;
  };
  return Object.assign(app, { request: checked });
}
