import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DATA_HEADERS } from '../http/middleware/headers.ts';
import { isWrapped, PROBLEMS, type ProblemCode, problem, wrapped } from '../http/responses/problem.ts';

/** A request that the server answers without the app. */
export type Refusal = {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the connection ends with the answer. */
  readonly closes?: boolean;
};

/** Time in which a refused client can still read its answer: closing at once would discard it (RFC 9112, 9.6). Milliseconds. */
const LINGER_MS = 1_000;

/** The headers of all refusals. A page of another origin can read when it may try again. */
const HEADERS = {
  ...DATA_HEADERS,
  'Access-Control-Expose-Headers': 'RateLimit,RateLimit-Policy,Retry-After',
  'Cache-Control': 'no-store',
};

/** The parts of a refusal's response, in the same form as the app's errors. */
export function refusalParts(
  { code, detail, headers }: Refusal,
  { url = '', accept }: { url?: string | undefined; accept?: string | undefined } = {},
) {
  const body = problem(code, detail);
  const wraps = isWrapped(url.split('?', 1)[0] ?? '', accept);
  const text = JSON.stringify(wraps ? wrapped(body) : body);
  const type = wraps ? 'application/json' : 'application/problem+json';
  return { status: PROBLEMS[code].status, text, headers: { ...HEADERS, 'Content-Type': type, ...headers } };
}

/** Answers a request with a problem. */
export function refuse(incoming: IncomingMessage, outgoing: ServerResponse, refusal: Refusal): void {
  const { status, text, headers } = refusalParts(refusal, { url: incoming.url, accept: incoming.headers.accept });
  // A body that nobody reads would be taken for the next request.
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  if (refusal.closes || hasBody) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
  outgoing.end(text);
}

/** Answers with a problem on a connection whose request Node could not read, and closes it. */
export function refuseConnection(socket: Duplex, refusal: Refusal): void {
  const { status, text, headers } = refusalParts(refusal);
  const date = new Date().toUTCString();
  const fields = { ...headers, Date: date, 'Content-Length': Buffer.byteLength(text), Connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => {});
  socket.once('end', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${text}`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
