import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createProgress } from '../seed/progress.ts';
import { failureLine } from './commands/failure-line.ts';
import { type Config, loadConfig, tilesOf } from './config/config.ts';
import { settingsHelp } from './config/settings-help.ts';
import { terminalText } from './model/text/unsafe-characters.ts';
import { gzip } from './node/gzip.ts';
import { listen } from './node/listen.ts';
import { createLog } from './node/log.ts';
import { pageFiles } from './node/page-files.ts';
import { observeServer } from './observe/observe-server.ts';
import { placeCities } from './serving/city-places.ts';
import { reservedPaths } from './serving/reserved-paths.ts';
import { createCityServer } from './serving/serve-cities.ts';
import { threadCount } from './threads/thread-count.ts';
import { createThreadPool } from './threads/thread-pool.ts';

const say = (line: string) => process.stdout.write(`${terminalText(line)}\n`);

try {
  await run(loadConfig());
} catch (error) {
  process.stderr.write(failureLine(error));
  process.exitCode = 1;
}

async function run(config: Config): Promise<void> {
  if (config.help) return void say(`curbside: street food near you\n\n${settingsHelp()}`);
  const log = createLog((line) => process.stderr.write(line));
  const programs = new URL('./', import.meta.url);
  const page = fileURLToPath(new URL('./web', programs));
  const places = placeCities(config, reservedPaths(readdirSync(page)));
  const count = threadCount(config, availableParallelism());
  const script = new URL('./search-worker.js', programs);
  const threads = count > 0 ? createThreadPool({ ...config, script, count, log }) : undefined;
  const stopping = new AbortController();
  const output = process.stdout;
  const cities = createCityServer({
    places,
    parts: {
      config,
      programs,
      threads,
      progress: createProgress(process.stderr),
      log,
      loadsInWorker: places.length > 1,
    },
    say,
    appOf: ({ city: { facts, tiles }, root }) => ({
      onRequestDone: observers.observerOf(facts.id),
      // A proxy in front of the server sends ids that can be trusted.
      acceptsRequestIds: config.trustedProxies !== null,
      tiles: tilesOf(config, tiles),
      log,
      page: pageFiles(page, config.dataDirectory, root === '/' ? null : facts.id),
      reload: config.reload,
      gzip,
      delegate: threads?.delegate,
      cacheBytes: Math.floor((config.cacheMb * 2 ** 20) / places.length),
      isDraining: () => stopping.signal.aborted,
    }),
  });
  const observers = await observeServer(config, { engines: cities.engines, output, say, log });
  await cities.open();
  await listen(observers.observed(cities.fetch), config, {
    say,
    log,
    onRefused: observers.onRefused,
    isLate: threads?.isLate,
    onStop: () => stopping.abort(),
  });
  await cities.follow(stopping.signal);
}
