import type { Config } from '../config/config.ts';
import type { Engine } from '../engine/engine.ts';
import type { Log } from '../http/middleware/error-responses.ts';
import { newRequestId } from '../http/middleware/request-id.ts';
import { REFUSED, type RequestObserver } from '../http/middleware/request-record.ts';
import { PROBLEMS, type ProblemCode } from '../http/responses/problem.ts';
import { createClientAddress, forwardedFor } from '../node/client-address.ts';
import type { Fetch } from '../node/http-server.ts';
import { createAccessLog, personalDataOf } from './access-log.ts';
import { createBatchedWriter } from './batched-writer.ts';
import { serveMetrics } from './metrics-server.ts';

type AppFetch = (request: Request) => Response | Promise<Response>;

export type ObserveServerInput = {
  readonly engine: () => Engine;
  readonly output: NodeJS.WriteStream;
  readonly say: (line: string) => void;
  readonly log: Log;
};

export type ServerObservation = {
  /** `undefined` if nothing is observed. */
  readonly onRequestDone: RequestObserver | undefined;
  /** Is called for a request that the server refuses itself, with the kind of its problem. */
  readonly onRefused: (code: ProblemCode, method: string | undefined) => void;
  /** Notes what only the server knows of a request: its client, and whether it is still being answered. */
  readonly observed: (fetch: AppFetch) => Fetch;
};

/** Starts the log of requests and the metrics of a server, as its settings say. @throws ConfigError if the port is taken */
export async function observeServer(
  {
    accessLog,
    metricsPort,
    host,
    trustedProxies,
  }: Pick<Config, 'accessLog' | 'metricsPort' | 'host' | 'trustedProxies'>,
  { engine, output, say, log }: ObserveServerInput,
): Promise<ServerObservation> {
  const observers: RequestObserver[] = [];
  const addressOf = createClientAddress(trustedProxies);
  const clients = new WeakMap<Request, string>();
  const isFull = accessLog === 'full';
  const withClient = (fetch: AppFetch): Fetch => {
    if (!isFull) return fetch;
    return (request, { incoming: { socket, headers } }) => {
      clients.set(request, addressOf(socket.remoteAddress ?? '', forwardedFor(headers)));
      return fetch(request);
    };
  };
  const isLogged = accessLog === 'auto' ? !output.isTTY : accessLog !== 'off';
  if (isLogged) {
    const lines = createBatchedWriter((text) => output.write(text));
    // On Linux, the last writes to files and pipes are synchronous.
    process.once('exit', lines.flush);
    const personalData = isFull ? personalDataOf((request) => clients.get(request) || null) : undefined;
    observers.push(createAccessLog({ write: lines.write, personalData }));
  }
  if (metricsPort === null) return observation(observers[0], withClient);
  // Imported on demand: a process without metrics never parses the library.
  const { createPrometheus } = await import('./prometheus.ts');
  const metrics = createPrometheus(engine);
  const url = await serveMetrics({ port: metricsPort, host, log, ...metrics });
  say(`metrics: ${url}`);
  observers.push(metrics.onRequestDone);
  const onRequestDone: RequestObserver = (record, request) => {
    for (const observe of observers) observe(record, request);
  };
  return observation(onRequestDone, (fetch) => withClient(metrics.countInFlight(fetch)));
}

function observation(
  onRequestDone: RequestObserver | undefined,
  observed: ServerObservation['observed'],
): ServerObservation {
  const onRefused: ServerObservation['onRefused'] = (code, method = '') => {
    const status: number = PROBLEMS[code].status;
    const refused = status === 429 ? 'limited' : status === 503 ? 'shed' : null;
    onRequestDone?.({ ...REFUSED, requestId: newRequestId(), method, status, durationMs: 0, refused }, null);
  };
  return { onRequestDone, onRefused, observed };
}
