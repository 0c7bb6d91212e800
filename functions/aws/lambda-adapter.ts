import type { LambdaEvent } from 'hono/aws-lambda';
import type { PlainResponse, ToResponse } from '../http/middleware/plain-response.ts';

/*
 * Used instead of `hono/aws-lambda`, to keep the platform's `Request`, `Headers` and `Response` out of a cold start: they are part of
 * Node's HTTP client, which takes 24 to 35 ms to load. This file is the only one that passes other objects off as them.
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

/** For `createApp`: leaves responses as they are, for {@link createEventHandler} to convert. */
export const toPlainResponse: ToResponse = (response) => response as unknown as Response;

/** Handles events with an app. Requests have no body, because the API is read-only. */
export function createEventHandler(fetch: Fetch): (event: FunctionEvent) => Promise<FunctionResult> {
  return async (event) => {
    // Errors and files are platform responses even here.
    const response: Response | PlainResponse = await fetch(requestOf(event) as Request);
    return 'arrayBuffer' in response ? resultOfResponse(response) : resultOfPlain(response);
  };
}

/** Header names are case-insensitive. */
class RequestHeaders extends Map<string, string> {
  override get(name: string) {
    return super.get(name.toLowerCase()) ?? (null as never);
  }
  override has(name: string) {
    return super.has(name.toLowerCase());
  }
}

/** The parts of a `Request` that the app reads. */
function requestOf({ rawPath, rawQueryString, headers, requestContext }: FunctionEvent): unknown {
  const requestHeaders = new RequestHeaders();
  for (const [name, value] of Object.entries(headers)) if (value) requestHeaders.set(name.toLowerCase(), value);
  const host = requestContext.domainName ?? requestHeaders.get('host');
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  const { href: url } = new URL(`https://${host}${rawPath}${query}`);
  return { method: requestContext.http.method, url, headers: requestHeaders };
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
