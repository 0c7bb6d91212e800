import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { type Config, ConfigError } from '../config/config.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

/** After a signal, the server stops once no request has arrived for this long, milliseconds. */
const QUIET_MS = 150;
/** Longest time between a signal and the stop, milliseconds. */
const DRAIN_MS = 5_000;

/**
 * Listens, says on which URL, and on SIGINT or SIGTERM answers pending requests before it ends the process.
 * @throws ConfigError when it cannot listen; if the port is taken, the message names a free one.
 */
export async function listen(
  fetch: Fetch,
  { port, host }: Pick<Config, 'port' | 'host'>,
  { say, onStop }: { say: (line: string) => void; onStop: () => void },
): Promise<void> {
  let pending = 0;
  let lastRequestAt = 0;
  const counted: Fetch = (request) => {
    lastRequestAt = performance.now();
    const response = fetch(request);
    // A cached response is returned without a promise, which would cost as much as the cache lookup.
    if (!(response instanceof Promise)) return response;
    pending += 1;
    return response.finally(() => {
      pending -= 1;
    });
  };
  const server = serve({ fetch: counted, port, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => listenError(error, { port, host }).then(reject, reject));
  });
  const address = server.address();
  const shown = host.includes(':') ? `[${host}]` : host;
  say(`Curbside: http://${shown}:${typeof address === 'object' ? address?.port : port}`);
  process.send?.('listening');

  async function stop(): Promise<void> {
    onStop();
    // close() drops idle connections, even those whose request is still in the kernel's buffer.
    const stoppedAt = performance.now();
    lastRequestAt = stoppedAt;
    while (pending > 0 || performance.now() - lastRequestAt < QUIET_MS) {
      if (performance.now() - stoppedAt > DRAIN_MS) break;
      await sleep(20);
    }
    server.close(() => process.exit(0));
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
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
