import { createServer } from 'node:net';
import { type Config, ConfigError } from '../config/config.ts';
import type { Log } from '../http/middleware/error-responses.ts';
import { drain } from './drain.ts';
import { createHttpServer, type Fetch, type HttpServer, type ServerLimits, type ServerReports } from './http-server.ts';
import { createRepeatedEvents } from './repeated-events.ts';
import { serverUrl } from './server-url.ts';

export type ListenReports = Pick<ServerReports, 'onRefused' | 'isLate'> & {
  readonly say: (line: string) => void;
  readonly log: Log;
  readonly onStop: () => void;
};

export type ListenSettings = ServerLimits & Pick<Config, 'port' | 'host' | 'drainMs' | 'stopTimeoutMs'>;

/**
 * Listens, says on which URL, and on SIGINT or SIGTERM answers pending requests before it ends the process.
 * @throws ConfigError when it cannot listen; if the port is taken, the message names a free one.
 */
export async function listen(
  fetch: Fetch,
  settings: ListenSettings,
  { say, log, onStop, onRefused, isLate }: ListenReports,
): Promise<void> {
  const { port, host } = settings;
  const report = createRepeatedEvents(log);
  const http = createHttpServer(fetch, settings, { report, onRefused, isLate });
  const { server } = http;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => listenError(error, { port, host }).then(reject, reject));
    server.listen(port, host);
  });
  // Such as EMFILE for a connection that cannot be accepted. The server goes on, and accepts the next one that it can.
  server.on('error', ({ message, code = '' }: NodeJS.ErrnoException) =>
    report('server error', code, { error: message }),
  );
  stopOnSignals(http, settings, { log, onStop });
  say(`Curbside: ${serverUrl(server, host)}`);
  process.send?.('listening');
}

/** A second signal ends the process at once. */
function stopOnSignals(
  http: HttpServer,
  { drainMs, stopTimeoutMs }: Pick<ListenSettings, 'drainMs' | 'stopTimeoutMs'>,
  { log, onStop }: { log: Log; onStop: () => void },
): void {
  const { connections } = http;
  let isStopping = false;
  const end = () => {
    const lost = connections.unanswered();
    log('stopped', { lostRequests: lost, closedConnections: connections.open.size });
    connections.destroyAll();
    process.exit(lost === 0 ? 0 : 1);
  };
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return end();
    isStopping = true;
    onStop();
    // A person who presses Ctrl+C has no load balancer.
    await drain(http, { acceptMs: signal === 'SIGTERM' ? (drainMs ?? 0) : 0, limitMs: stopTimeoutMs });
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

async function listenError(
  error: NodeJS.ErrnoException,
  { port, host }: { port: number; host: string },
): Promise<ConfigError> {
  if (error.code !== 'EADDRINUSE') return new ConfigError(`cannot listen on ${host}:${port}: ${error.message}`);
  const free = await freePort(host, port + 1);
  return new ConfigError(`port ${port} on ${host} is taken; ${free} is free: --port ${free}`);
}

/** A free port among the 21 from `from`; 0 (any) when there is none. */
async function freePort(host: string, from: number): Promise<number> {
  for (let port = from; port <= Math.min(from + 20, 65_535); port++) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, host, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  return 0;
}
