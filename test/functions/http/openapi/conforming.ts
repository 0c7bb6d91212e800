import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openapiDocument } from '../../../../functions/http/openapi/document.ts';

type Answer = {
  headers: Record<string, unknown>;
  content?: Record<string, { schema: object; example?: unknown; examples?: Record<string, { value: unknown }> }>;
};
type Method = { responses: Record<string, Answer> };
type Document = ReturnType<typeof openapiDocument>;

export const document: Document = openapiDocument();

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: 'https://api.example/', ...closed(document) });

/** The document with every object closed: here, unlike for callers, a key that it does not name is a mistake. */
function closed(value: unknown): object {
  const text = JSON.stringify(value, (_key, part) =>
    part?.type === 'object' && part.properties && !('additionalProperties' in part)
      ? { ...part, additionalProperties: false }
      : part,
  );
  return JSON.parse(text);
}

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value by a schema of the document; empty when nothing is. */
export function faultsOf(schema: object, value: unknown): string[] {
  const key = JSON.stringify(closed(schema)).replaceAll('"#/', '"https://api.example/#/');
  const validate = compiled.get(key) ?? ajv.compile(JSON.parse(key));
  compiled.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Headers that every answer may have, whatever it is; the others must be in the document. */
const NAMED = ['etag', 'link', 'server-timing', 'retry-after', 'content-disposition', 'allow', 'cache-control'];

/** @throws Error naming every part of an answer that is not as the document says. */
export async function checkAnswer(method: string, url: string, response: Response): Promise<void> {
  const { pathname } = new URL(url, 'http://town.example');
  const path = Object.keys(document.paths).find((template) => matches(template, pathname));
  const item = path === undefined ? undefined : (document.paths[path] as unknown as Record<string, Method>);
  const answer = item?.[method.toLowerCase()]?.responses[response.status];
  const said = answer ?? outsideOf(path, method, response.status);
  const faults: string[] = [];
  if (!said) throw new Error(`${method} ${url}: ${response.status} is not in the document`);
  const documented = Object.keys(said.headers).map((name) => name.toLowerCase());
  for (const name of NAMED) {
    if (response.headers.get(name) && !documented.includes(name))
      faults.push(`the header ${name} is not in the document`);
  }
  const body = await response.text();
  if (method === 'HEAD' || response.status === 304) {
    if (body !== '') faults.push('there is a body');
  } else {
    const type = response.headers.get('Content-Type')?.split(';')[0] ?? 'no type';
    const content = said.content?.[type];
    if (!content) faults.push(`${type} is not in the document`);
    else faults.push(...faultsOf(content.schema, type.endsWith('json') ? JSON.parse(body) : body));
  }
  if (faults.length > 0)
    throw new Error(`${method} ${url}: ${response.status}\n${faults.join('\n')}\n${body.slice(0, 500)}`);
}

function matches(template: string, pathname: string): boolean {
  const pattern = template
    .replace(/[.]/g, '\\.')
    .replace('{name}', '[^/]+')
    .replace(/\{\w+\}/g, '(?:(?!\\.ics$)[^/])+');
  return new RegExp(`^${pattern}${template === '/docs' ? '/?' : ''}$`).test(pathname);
}

/** What has no path of its own: an unknown path, and a method that is not possible. */
function outsideOf(path: string | undefined, method: string, status: number): Answer | undefined {
  if (status === 405 && !['GET', 'HEAD'].includes(method)) return document.components.responses.MethodNotAllowed;
  const problem = (document.components.responses.MethodNotAllowed as Answer).content?.['application/problem+json'];
  if (status === 404 && path === undefined && problem)
    return { headers: { 'Cache-Control': {} }, content: { 'application/problem+json': problem } };
  return undefined;
}

/** The app, with each of its answers checked against the document. */
export function conforming<App extends { request: (...args: never[]) => Response | Promise<Response> }>(app: App): App {
  const request = app.request as unknown as (url: string, init?: RequestInit) => Promise<Response>;
  const checked = async (url: string, init?: RequestInit) => {
    const response = await request(url, init);
    await checkAnswer(init?.method ?? 'GET', url, response.clone());
    return response;
  };
  return Object.assign(app, { request: checked });
}
