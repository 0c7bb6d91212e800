import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { findCity } from '../seed/cities/find.ts';
import { LoadError } from '../seed/load-error.ts';
import { createProgress } from '../seed/progress.ts';
import { summary } from '../seed/report/text.ts';
import { keepFresh, openingRelease, type Serving } from '../seed/serve.ts';
import { type Config, ConfigError, loadConfig, settingsTable } from './config.ts';
import { createDirectorySink } from './engine/embedded/publish.ts';
import { openEmbedded } from './engine/embedded/search.ts';
import { readCurrent } from './engine/embedded/store.ts';
import { swappable } from './engine/swap.ts';
import { createApp } from './http/app.ts';
import { createLog } from './log.ts';

/** After a signal, how long requests are still taken in, milliseconds. */
const DRAIN_MS = 100;

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  await run(loadConfig());
} catch (error) {
  // What an operator can act on is one sentence; anything else is a bug of ours and keeps its stack.
  const expected = error instanceof ConfigError || error instanceof LoadError;
  process.stderr.write(`curbside: ${expected ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(config: Config): Promise<void> {
  if (config.help) return void say(`curbside: street food near you\n\n${settingsTable()}`);
  if (config.engine === 'opensearch') throw new ConfigError('--engine opensearch is not built yet; use embedded');
  const log = createLog((line) => process.stderr.write(line));
  const progress = createProgress(process.stderr);
  const releases = `${config.dataDirectory}/releases`;
  const serving: Serving = {
    city: findCity(config.city),
    given: config.sources,
    sampleDirectory: fileURLToPath(new URL('./sample', import.meta.url)),
    sink: createDirectorySink(releases),
    stored: () => readCurrent(releases),
    options: {
      cacheDirectory: `${config.dataDirectory}/downloads`,
      appToken: config.appToken ?? undefined,
      progress: progress.update,
    },
    say,
  };
  const first = await openingRelease(serving);
  progress.end();
  say(summary(first));
  const { engine, swap } = swappable(openEmbedded(first));
  const root = fileURLToPath(new URL('./web', import.meta.url));
  const page = serveStatic({ root, precompressed: true });
  const app = createApp({ engine, tiles: config.tiles, log, page, reload: config.reload });
  const stopping = new AbortController();
  await listen(app.fetch, config, () => stopping.abort());
  if (config.sources.size > 0 || config.refreshMs === null) return;
  await keepFresh(serving, {
    everyMs: config.refreshMs,
    signal: stopping.signal,
    swap: (release) => {
      progress.end();
      say(summary(release));
      swap(openEmbedded(release));
    },
  });
}

/** Listens, says where, and closes in order when asked to. @throws ConfigError when the port is taken. */
async function listen(
  fetch: Parameters<typeof serve>[0]['fetch'],
  { port, host }: Config,
  onStop: () => void,
): Promise<void> {
  const server = serve({ fetch, port, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE')
        return reject(new ConfigError(`cannot listen on ${host}:${port}: ${error.message}`));
      freePort(host, port + 1).then(
        (free) => reject(new ConfigError(`port ${port} on ${host} is taken; ${free} is free: --port ${free}`)),
        reject,
      );
    });
  });
  const address = server.address();
  const shown = host.includes(':') ? `[${host}]` : host;
  say(`Curbside: http://${shown}:${typeof address === 'object' ? address?.port : port}`);
  process.send?.('listening');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      onStop();
      // close() drops connections that have not sent a request yet, also those whose request waits in the kernel.
      setTimeout(() => server.close(() => process.exit(0)), DRAIN_MS);
    });
  }
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
