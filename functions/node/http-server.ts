import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import type { Config } from '../config/config.ts';
import { ALLOWED_METHODS, type ProblemCode } from '../http/responses/problem.ts';
import { type AdmissionLimits, createAdmission } from './admission.ts';
import { type Connections, createConnections } from './connections.ts';
import { answerProtocolErrors } from './protocol-errors.ts';
import { type Refusal, refusalParts, refuse } from './refusal.ts';
import type { RepeatedEvents } from './repeated-events.ts';
import { createRequestChecks } from './request-checks.ts';

export type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** Receives what the app does not see. */
export type ServerReports = {
  readonly report: RepeatedEvents;
  /** A request was refused; `method` is `undefined` if it could not be read. */
  readonly onRefused: (code: ProblemCode, method: string | undefined) => void;
  /** Whether requests wait too long for a thread. Default: there are none. */
  readonly isLate?: (() => boolean) | undefined;
};

export type ServerLimits = AdmissionLimits &
  Pick<Config, 'maxConnections' | 'requestTimeoutMs' | 'writeTimeoutMs' | 'keepAliveMs'>;

/** A server that limits its work, and how to stop it. */
export type HttpServer = {
  readonly server: Server;
  readonly connections: Connections;
  /** From now on every answer ends its connection. */
  readonly startDraining: () => void;
  /** Milliseconds since the last request. */
  readonly idleMs: () => number;
};

/** Largest URL and headers together, bytes: Node's default, which `/openapi.json` and the detail of a 431 state. */
const MAX_HEADER_BYTES = 16 * 1024;
/** How often Node looks for requests that take too long, and {@link createConnections} for slow readers, milliseconds. */
const CHECK_MS = 1_000;
/** How often idle connections may be closed because there are too many, milliseconds. */
const RECLAIM_MS = 100;

/** Requests that may wait on a connection for the answers to earlier ones. Browsers send none. */
const MAX_PIPELINED = 100;

/** A year, in seconds, as CloudFront says in infra/edge.yaml. */
const STRICT_TRANSPORT = 'max-age=31536000';

/** Serves an app over HTTP/1.1. Requests are checked and counted here, before a `Request` is built. */
export function createHttpServer(
  fetch: Fetch,
  limits: ServerLimits,
  { report, onRefused, isLate = () => false }: ServerReports,
): HttpServer {
  const { maxConnections, requestTimeoutMs, writeTimeoutMs, keepAliveMs } = limits;
  let pending = 0;
  let lastRequestAt = performance.now();
  let isDraining = false;
  const counted = (request: Request, bindings: HttpBindings | Http2Bindings) => {
    const response = fetch(request, bindings as HttpBindings);
    // A cached response is returned without a promise, which would cost as much as the cache lookup.
    if (!(response instanceof Promise)) return response;
    pending += 1;
    return response.finally(() => {
      pending -= 1;
    });
  };
  const answer = getRequestListener(counted, { hostname: 'localhost', errorHandler });
  const connections = createConnections(writeTimeoutMs, () => report('client disconnected', 'slow reader'));
  const workload = {
    get pending() {
      return pending;
    },
    get unsentBytes() {
      return connections.unsentBytes();
    },
    isLate,
  };
  let isWarned = false;
  const admit = createAdmission(limits, workload, () => {
    if (isWarned) return;
    isWarned = true;
    report(
      'X-Forwarded-For is ignored',
      'set --trusted-proxies if it comes from a proxy, or all of its clients share one limit',
    );
  });
  const faultOf = createRequestChecks();
  /** Only a declared proxy is believed: after a wrong header, a browser would refuse plain HTTP for a year. */
  const isBehindTls = ({ headers }: IncomingMessage) =>
    limits.trustedProxies !== null && headers['x-forwarded-proto'] === 'https';
  const onRefusal = ({ code, detail }: Refusal, method?: string) => {
    report('request refused', code, { detail });
    onRefused(code, method);
  };

  function errorHandler(error: unknown): Response {
    const isRequest = (error as Error).name === 'RequestError';
    const refusal: Refusal = isRequest
      ? { code: 'invalid-request', detail: `The request has no valid URL: ${(error as Error).message}` }
      : { code: 'internal', detail: 'Something went wrong on our side' };
    report(isRequest ? 'request refused' : 'bug', refusal.code, { error: (error as Error).stack ?? String(error) });
    const { status, text, headers } = refusalParts(refusal);
    return new Response(text, { status, headers });
  }

  /** Why a request is not passed to the app, or `null`. */
  function refusalOf(incoming: IncomingMessage, outgoing: ServerResponse, isExcess: boolean): Refusal | null {
    const fault = faultOf(incoming);
    if (fault !== null) return { code: 'invalid-request', detail: fault, closes: true };
    const { refusal, headers } = admit(incoming, isExcess && connections.open.size > maxConnections);
    if (refusal) return refusal;
    for (const name in headers) outgoing.setHeader(name, headers[name] as string);
    return null;
  }

  const options = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: CHECK_MS,
    // Checked here, where the answer is a problem.
    requireHostHeader: false,
  };
  function handle(incoming: IncomingMessage, outgoing: ServerResponse, isExcess: boolean): void {
    if (isDraining) outgoing.shouldKeepAlive = false;
    if (incoming.url === '*' && incoming.method === 'OPTIONS') {
      return void outgoing.writeHead(204, { Allow: ALLOWED_METHODS }).end();
    }
    if (isBehindTls(incoming)) outgoing.setHeader('Strict-Transport-Security', STRICT_TRANSPORT);
    const refusal = refusalOf(incoming, outgoing, isExcess);
    if (!refusal) return void answer(incoming, outgoing);
    onRefusal(refusal, incoming.method);
    refuse(incoming, outgoing, refusal);
  }

  const server = createServer(options, (incoming, outgoing) => {
    lastRequestAt = performance.now();
    const connection = connections.track(incoming.socket, outgoing);
    if (!connection) return void incoming.socket.destroy();
    const { unanswered, previous, isExcess } = connection;
    if (unanswered > MAX_PIPELINED) return void incoming.socket.destroy();
    if (unanswered === 1 || !previous) return handle(incoming, outgoing, isExcess);
    // Node would start all requests of a packet at once, and the loop would wait for them together.
    previous.once('close', () => {
      if (!incoming.socket.destroyed) handle(incoming, outgoing, isExcess);
    });
  });

  // `server.close()` calls it.
  server.closeIdleConnections = connections.closeIdle;
  let reclaimedAt = Number.NEGATIVE_INFINITY;
  server.on('connection', (socket) => {
    const isExcess = connections.open.size >= maxConnections;
    connections.add(socket, isExcess);
    if (!isExcess || performance.now() - reclaimedAt < RECLAIM_MS) return;
    reclaimedAt = performance.now();
    connections.closeIdle();
  });
  // Connections above the limit get an answer, except if there are far too many.
  server.maxConnections = maxConnections + Math.max(16, maxConnections >> 3);
  server.on('drop', () => report('connection refused', 'too many connections'));
  answerProtocolErrors(server, connections, onRefusal);
  const sweeper = setInterval(connections.sweep, CHECK_MS).unref();
  server.once('close', () => clearInterval(sweeper));

  return {
    server,
    connections,
    startDraining() {
      isDraining = true;
      connections.closeAfterAnswers();
    },
    idleMs: () => performance.now() - lastRequestAt,
  };
}
