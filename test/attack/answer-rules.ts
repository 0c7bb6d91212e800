import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { checkResponse, document, faultsOf } from '../functions/http/openapi/conforming.ts';
import { type Answer, headerOf } from './answer-reader.ts';
import type { GeneratedRequest } from './generated-request.ts';
import { targetOf } from './request-bytes.ts';

/** Statuses of which any request can be the reason: they depend on its bytes, its rate or the load, not on its path. */
const OF_ANY_REQUEST = [400, 408, 413, 414, 417, 429, 431, 501, 503, 505];
const PROBLEM = { $ref: '#/components/schemas/Problem' };
const SEARCH_FAILURE = { $ref: '#/components/schemas/SearchFailure' };

/** C0 controls but the white space of texts. JSON may contain DEL and C1 controls as they are (RFC 8259, section 7). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const RAW_CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]/;

/** What is wrong with a response, whatever the request was: an empty list if nothing is. */
export function faultsOfAnyAnswer(method: string, answer: Answer): string[] {
  const { status } = answer;
  const faults: string[] = [];
  if (status === 503 && !headerOf(answer, 'retry-after')) faults.push('503 without Retry-After');
  if (status >= 500 && status !== 503 && status !== 501 && status !== 505) faults.push(`status ${status}`);
  if (headerOf(answer, 'date') === undefined) faults.push('there is no Date');
  const body = method === 'HEAD' ? '' : decodedBody(answer);
  if (isText(answer) && RAW_CONTROL.test(body)) faults.push('the body has a raw control character');
  if (status >= 400) faults.push(...faultsOfError(method, answer, body));
  return faults;
}

function faultsOfError(method: string, answer: Answer, body: string): string[] {
  const type = headerOf(answer, 'content-type')?.split(';')[0];
  const isWrapped = type === 'application/json';
  if (!isWrapped && type !== 'application/problem+json') return [`${answer.status} is not a problem but ${type}`];
  if (method === 'HEAD') return [];
  const value = JSON.parse(body) as { status?: unknown; problem?: { status?: unknown } };
  const own = isWrapped ? value.problem?.status : value.status;
  const faults = faultsOf(isWrapped ? SEARCH_FAILURE : PROBLEM, value);
  return own === answer.status ? faults : [...faults, `the problem's status is ${own}, not ${answer.status}`];
}

/** What is wrong with the response to a request of which the test knows everything. */
export async function faultsOfAnswer(request: GeneratedRequest, id: string, answer: Answer): Promise<string[]> {
  const { method } = request;
  return [
    ...faultsOfAnyAnswer(method, answer),
    ...faultsOfId(request, id, answer),
    ...faultsOfStatus(request, answer),
    ...(await faultsByDocument(request, answer)),
  ];
}

/** The response belongs to the request: it repeats its id. The HTTP library's own errors cannot know it. */
function faultsOfId({ headers }: GeneratedRequest, id: string, answer: Answer): string[] {
  const own = headerOf(answer, 'x-request-id');
  const [given = id, second] = headers.flatMap(([name, value]) => (name === 'X-Request-Id' ? [value] : []));
  if (second !== undefined) return [];
  if (own === undefined) return OF_ANY_REQUEST.includes(answer.status) ? [] : ['there is no X-Request-Id'];
  if (/^[\w\-=]{1,255}$/.test(given) && own !== given) return [`X-Request-Id is ${own}, and ${given} was sent`];
  return /^[\w\-=]{1,255}$/.test(own) ? [] : [`X-Request-Id is ${JSON.stringify(own)}`];
}

function faultsOfStatus({ method, query, template, path }: GeneratedRequest, answer: Answer): string[] {
  const { status } = answer;
  if (OF_ANY_REQUEST.includes(status) && status !== 400) return [];
  if (method === 'OPTIONS') return status === 204 || status === 400 ? [] : [`OPTIONS: ${status}`];
  if (method !== 'GET' && method !== 'HEAD')
    return status === 405 || (status === 400 && /\\/.test(path)) ? [] : [`"${method}": ${status} instead of 405`];
  // Many parts together may have a fault that comes first.
  const [wrong] = query.filter(({ verdict }) => verdict === 'invalid');
  if (!wrong || path !== template || query.length > 10) return [];
  if (query.filter(({ name }) => name === wrong.name).length > 1) return [];
  if (status !== 400) return [`${wrong.text.slice(0, 60)} is not valid by the document, and the status is ${status}`];
  if (method === 'HEAD') return [];
  const body = decodedBody(answer);
  return body.includes(`"parameter":"${wrong.name}"`) ? [] : [`no entry of errors names ${wrong.name}`];
}

async function faultsByDocument(request: GeneratedRequest, answer: Answer): Promise<string[]> {
  const { method, path } = request;
  const { status } = answer;
  if (method !== 'GET' && method !== 'HEAD') return [];
  // Of these, only 400 may be a matter of the path.
  if (OF_ANY_REQUEST.includes(status) && (status !== 400 || headerOf(answer, 'x-request-id') === undefined)) return [];
  if (!isDocumentedPath(path))
    return status === 404 || status < 400 || !/^[\w/-]+$/.test(path) ? [] : [`status ${status} for an unknown path`];
  const hasBody = method !== 'HEAD' && status !== 304 && status !== 204;
  const response = new Response(hasBody ? decodedBody(answer) : null, {
    status,
    headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
  });
  try {
    await checkResponse(method, targetOf(request), response);
    return [];
  } catch (error) {
    const [where = '', ...faults] = (error as Error).message.split('\n');
    return [faults.slice(0, 3).join('; ') || where.replace(/^.*?: (?=\d{3})/, '')];
  }
}

const templates = Object.keys(document.paths).map(
  (path) => new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
);

/** Dots and backslashes would lead to another path. The page's files are in no document. */
function isDocumentedPath(path: string): boolean {
  return !/\\|\/(\.|%2e)+(\/|$)/i.test(path) && templates.some((template) => template.test(path));
}

function isText(answer: Answer): boolean {
  return /json|text|xml|javascript/.test(headerOf(answer, 'content-type') ?? '');
}

/** The body as text. @throws Error if it is not what Content-Encoding says */
export function decodedBody(answer: Answer): string {
  const { body } = answer;
  switch (headerOf(answer, 'content-encoding')) {
    case 'gzip':
      return gunzipSync(body).toString();
    case 'deflate':
      return inflateSync(body).toString();
    case 'br':
      return brotliDecompressSync(body).toString();
    default:
      return body.toString();
  }
}
