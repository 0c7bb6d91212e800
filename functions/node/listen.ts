import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { type Config, ConfigError } from '../config/config.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

/** After a signal, requests are taken in until none has come for so long, and at most for so long, milliseconds. */
const QUIET_MS = 150;
const DRAIN_MS = 5_000;

/**
 * Listens, says where, and ends the process in order when it is asked to: what has been asked is answered first.
 * For doors only. @throws ConfigError when it cannot listen there; of a taken port it names a free one.
 */
export async function listen(
  fetch: Fetch,
  { port, host }: Pick<Config, 'port' | 'host'>,
  { say, onStop }: { say: (line: string) => void; onStop: () => void },
): Promise<void> {
  let underWay = 0;
  let lastAt = 0;
  const counted: Fetch = (request) => {
    lastAt = performance.now();
    const answer = fetch(request);
    // What is answered at once is sent at once: a promise of it would cost as much as remembering it.
    if (!(answer instanceof Promise)) return answer;
    underWay += 1;
    return answer.finally(() => {
      underWay -= 1;
    });
  };
  const server = serve({ fetch: counted, port, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => unusable(error, { port, host }).then(reject, reject));
  });
  const address = server.address();
  const shown = host.includes(':') ? `[${host}]` : host;
  say(`Curbside: http://${shown}:${typeof address === 'object' ? address?.port : port}`);
  process.send?.('listening');

  async function stop(): Promise<void> {
    onStop();
    // close() drops connections that have not sent a request yet, also those whose request waits in the kernel.
    const asked = performance.now();
    lastAt = asked;
    while (underWay > 0 || performance.now() - lastAt < QUIET_MS) {
      if (performance.now() - asked > DRAIN_MS) break;
      await sleep(20);
    }
    server.close(() => process.exit(0));
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

async function unusable(error: NodeJS.ErrnoException, { port, host }: { port: number; host: string }): Promise<Error> {
  if (error.code !== 'EADDRINUSE') return new ConfigError(`cannot listen on ${host}:${port}: ${error.message}`);
  const free = await freePort(host, port + 1);
  return new ConfigError(`port ${port} on ${host} is taken; ${free} is free: --port ${free}`);
}

/** A free port at `from` or shortly after it, else any. */
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
