import type { LambdaEvent } from 'hono/aws-lambda';
import { DATA_HEADERS } from '../http/middleware/headers.ts';
import { plainRequest } from '../http/middleware/plain-request.ts';
import type { PlainResponse } from '../http/middleware/plain-response.ts';
import { problem } from '../http/responses/problem.ts';

/*
 * Used instead of `hono/aws-lambda`, to keep the platform's `Request`, `Headers` and `Response` out of a cold start: they are part of
 * Node's HTTP client, which takes 24 to 35 ms to load. Only `plainRequest` and `toPlainResponse` pass other objects off as them.
 *
 * From the import of the function to its first answer, a search, in medians of 25 new processes each and two alternating runs
 * (2026-11-26, two cores):
 *   Node 24.21: 46 and 47 ms, with hono/aws-lambda 76 and 76 ms; compressed 52 and 53 ms, 83 and 85 ms
 *   Node 20.20: 41 and 53 ms, with hono/aws-lambda 69 and 77 ms; compressed 49 and 59 ms, 76 and 94 ms
 */

/** An event of a function URL or an HTTP API (payload format 2.0). */
export type FunctionEvent = Extract<LambdaEvent, { rawPath: string }>;

export type FunctionResult = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64 if binary. */
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

type Fetch = (request: Request) => Response | Promise<Response>;

/** Most headers of a request, and their most characters with names: what Node's server accepts. Browsers send about 20. */
const MAX_HEADERS = 100;
const MAX_HEADER_LENGTH = 16_384;

/**
 * Handles events with an app. Requests have no body, because the API is read-only.
 * @param id of the invocation, which becomes the request's id: it is the one in Lambda's own log lines
 */
export function createEventHandler(fetch: Fetch): (event: FunctionEvent, id?: string) => Promise<FunctionResult> {
  return async (event, id) => {
    const excess = headerExcess(event.headers);
    if (excess !== null) return resultOfPlain(refusedHeaders(excess));
    if (id !== undefined) event.headers['x-request-id'] = id;
    // Errors and files are platform responses even here.
    const response: Response | PlainResponse = await fetch(requestOf(event));
    return 'arrayBuffer' in response ? resultOfResponse(response) : resultOfPlain(response);
  };
}

/** What is too large about the headers; `null` if nothing is. */
function headerExcess(headers: FunctionEvent['headers']): string | null {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS) return `${entries.length} headers; at most ${MAX_HEADERS} are accepted`;
  const length = entries.reduce((sum, [name, value = '']) => sum + name.length + value.length, 0);
  return length > MAX_HEADER_LENGTH
    ? `${length} characters of headers; at most ${MAX_HEADER_LENGTH} are accepted`
    : null;
}

function refusedHeaders(excess: string): PlainResponse {
  const body = problem('headers-too-large', `The request has ${excess}`);
  const headers = { ...DATA_HEADERS, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
  return { status: body.status, body: JSON.stringify(body), headers };
}

function requestOf({ rawPath, rawQueryString, headers: given, requestContext }: FunctionEvent): Request {
  const headers = Object.entries(given).flatMap(([name, value]) =>
    value ? [[name.toLowerCase(), value] as const] : [],
  );
  // Only CloudFront can call the function's URL, and its function on each request writes the host of the visitor.
  const sent = (wanted: string) => headers.findLast(([name]) => name === wanted)?.[1];
  const host = sent('x-forwarded-host') ?? requestContext.domainName ?? sent('host') ?? null;
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  const urlAt = (name: string) => `https://${name}${rawPath}${query}`;
  const wanted = urlAt(`${host}`);
  const { href: url } = new URL(URL.canParse(wanted) ? wanted : urlAt('host'));
  return plainRequest({ method: requestContext.http.method, url, headers });
}

function resultOfPlain({ status, body, headers }: PlainResponse): FunctionResult {
  const isBase64Encoded = 'Content-Encoding' in headers;
  const bytes = typeof body === 'string' ? null : body && Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return {
    statusCode: status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bytes ? bytes.toString(isBase64Encoded ? 'base64' : 'utf8') : String(body ?? ''),
    isBase64Encoded,
  };
}

async function resultOfResponse(response: Response): Promise<FunctionResult> {
  const type = response.headers.get('content-type') ?? 'text/plain';
  const isText = /^text\/|[/+](json|xml)\s*(;|$)/i.test(type);
  const isBase64Encoded = response.headers.has('content-encoding') || !isText;
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}
