import type { LambdaEvent } from 'hono/aws-lambda';
import type { PlainResponse } from '../http/middleware/request-context.ts';

/** What a function is sent by a function URL or an HTTP API: payload format 2.0. */
export type FunctionEvent = Extract<LambdaEvent, { rawPath: string }>;

/** What it gives back. */
export type FunctionResult = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** In base64 where it is no text. */
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

type Fetch = (request: Request, bindings: { readonly takesSent: true }) => Response | Promise<Response>;

/**
 * Answers events with an app. The app gets of a request what it looks at, and gives most answers as their parts: the platform's
 * own Request and Response bring a whole HTTP client with them, which takes a cold start 10 to 20 ms to load (2026-11-21). No
 * body is read, because nothing can be written.
 */
export function answerEvents(fetch: Fetch): (event: FunctionEvent) => Promise<FunctionResult> {
  return async (event) => {
    const answer: Response | PlainResponse = await fetch(requestOf(event) as Request, { takesSent: true });
    return 'arrayBuffer' in answer ? ofResponse(answer) : ofSent(answer);
  };
}

/** Names as HTTP/2 has them. */
class RequestHeaders extends Map<string, string> {
  override get(name: string) {
    return super.get(name.toLowerCase()) ?? (null as never);
  }
  override has(name: string) {
    return super.has(name.toLowerCase());
  }
}

function requestOf({ rawPath, rawQueryString, headers, requestContext }: FunctionEvent): unknown {
  const own = new RequestHeaders();
  for (const [name, value] of Object.entries(headers)) if (value) own.set(name.toLowerCase(), value);
  const host = requestContext.domainName ?? own.get('host');
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  const { href: url } = new URL(`https://${host}${rawPath}${query}`);
  return { method: requestContext.http.method, url, headers: own };
}

function ofSent({ status, body, headers }: PlainResponse): FunctionResult {
  const isBase64Encoded = 'Content-Encoding' in headers;
  const bytes = typeof body === 'string' ? null : body && Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return {
    statusCode: status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bytes ? bytes.toString(isBase64Encoded ? 'base64' : 'utf8') : String(body ?? ''),
    isBase64Encoded,
  };
}

async function ofResponse(answer: Response): Promise<FunctionResult> {
  const type = answer.headers.get('content-type') ?? 'text/plain';
  const isBase64Encoded = answer.headers.has('content-encoding') || !/^text\/|[/+](json|xml)\s*(;|$)/i.test(type);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    statusCode: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}
