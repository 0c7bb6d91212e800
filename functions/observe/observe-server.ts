import type { Config } from '../config/config.ts';
import type { Log } from '../http/middleware/error-responses.ts';
import { newRequestId } from '../http/middleware/request-id.ts';
import { REFUSED, type RequestObserver } from '../http/middleware/request-record.ts';
import { PROBLEMS, type ProblemCode } from '../http/responses/problem.ts';
import { createClientAddress, forwardedFor } from '../node/client-address.ts';
import type { Fetch } from '../node/http-server.ts';
import { createAccessLog, personalDataOf } from './access-log.ts';
import { createBatchedWriter } from './batched-writer.ts';
import { serveMetrics } from './metrics-server.ts';
import type { CityEngines } from './prometheus.ts';

type AppFetch = (request: Request) => Response | Promise<Response>;

export type ObserveServerInput = {
  readonly engines: CityEngines;
  readonly output: NodeJS.WriteStream;
  readonly say: (line: string) => void;
  readonly log: Log;
};

export type ServerObservation = {
  /** Of the requests for a city; `undefined` if nothing is observed. */
  readonly observerOf: (city: string) => RequestObserver | undefined;
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
  { engines, output, say, log }: ObserveServerInput,
): Promise<ServerObservation> {
  const sources: ObserverSource[] = [];
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
    const name = (city: string | null) => (engines.size > 1 ? (city ?? undefined) : undefined);
    sources.push((city) => createAccessLog({ write: lines.write, personalData, city: name(city) }));
  }
  if (metricsPort === null) return observation(sources, withClient);
  // Imported on demand: a process without metrics never parses the library.
  const { createPrometheus } = await import('./prometheus.ts');
  const metrics = createPrometheus(engines);
  const url = await serveMetrics({ port: metricsPort, host, log, ...metrics });
  say(`metrics: ${url}`);
  sources.push(metrics.observerOf);
  return observation(sources, (fetch) => withClient(metrics.countInFlight(fetch)));
}

/** Creates the observer of the requests for a city; `null`: of those that are refused before a city is known. */
type ObserverSource = (city: string | null) => RequestObserver;

function observation(sources: readonly ObserverSource[], observed: ServerObservation['observed']): ServerObservation {
  const observerOf = (city: string | null): RequestObserver | undefined => {
    const observers = sources.map((source) => source(city));
    if (observers.length < 2) return observers[0];
    return (record, request) => {
      for (const observe of observers) observe(record, request);
    };
  };
  const onRequestDone = observerOf(null);
  const onRefused: ServerObservation['onRefused'] = (code, method = '') => {
    const status: number = PROBLEMS[code].status;
    const refused = status === 429 ? 'limited' : status === 503 ? 'shed' : null;
    onRequestDone?.({ ...REFUSED, requestId: newRequestId(), method, status, durationMs: 0, refused }, null);
  };
  return { observerOf, onRefused, observed };
}
