import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { findCity } from '../seed/cities/find.ts';
import { LoadError } from '../seed/load-error.ts';
import { createMirror, type Mirror } from '../seed/mirror.ts';
import { createProgress } from '../seed/progress.ts';
import { followReleases, keepFresh } from '../seed/refresh.ts';
import { summary } from '../seed/report/text.ts';
import { createServed, openingRelease, type Serving } from '../seed/serve.ts';
import { type Config, ConfigError, loadConfig, settingsTable } from './config.ts';
import { keptReleases } from './engine/embedded/kept.ts';
import { createDirectorySink } from './engine/embedded/publish.ts';
import { openEmbedded } from './engine/embedded/search.ts';
import { pointerStamp, readCurrent } from './engine/embedded/store.ts';
import { type Engine, EngineError } from './engine/engine.ts';
import { openCluster } from './engine/open.ts';
import { openClusterSink } from './engine/publish.ts';
import { swappable } from './engine/swap.ts';
import { createApp } from './http/app.ts';
import { listen } from './listen.ts';
import { createLog } from './log.ts';
import type { Release } from './model/release.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  await run(loadConfig());
} catch (error) {
  // What an operator can act on is one sentence; anything else is a bug of ours and keeps its stack.
  const expected = error instanceof ConfigError || error instanceof LoadError || error instanceof EngineError;
  process.stderr.write(`curbside: ${expected ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(config: Config): Promise<void> {
  if (config.help) return void say(`curbside: street food near you\n\n${settingsTable()}`);
  const log = createLog((line) => process.stderr.write(line));
  const progress = createProgress(process.stderr);
  const { releasesDirectory } = config;
  const serving: Serving = {
    city: findCity(config.city),
    given: config.sources,
    sampleDirectory: fileURLToPath(new URL('./sample', import.meta.url)),
    releases: {
      sink: createDirectorySink(releasesDirectory),
      stored: () => readCurrent(releasesDirectory),
      stamp: () => pointerStamp(releasesDirectory),
    },
    options: {
      cacheDirectory: config.downloadsDirectory,
      appToken: config.appToken ?? undefined,
      progress: progress.update,
    },
    say,
  };
  const first = await openingRelease(serving);
  progress.end();
  say(summary(first));
  const { current, swap } = swappable(openEmbedded(first));
  const served = createServed(first, (release) => {
    progress.end();
    swap(openEmbedded(release));
    say(summary(release));
    void cluster?.mirror.offer(release);
  });
  const cluster =
    config.cluster && (await joinCluster(config, { first, served: () => served.current(), copy: current, log }));
  const root = fileURLToPath(new URL('./web', import.meta.url));
  const page = serveStatic({ root, precompressed: true });
  const files = keptReleases(releasesDirectory, served.current);
  const app = createApp({
    engine: cluster?.current ?? current,
    tiles: config.tiles,
    log,
    files,
    page,
    reload: config.reload,
  });
  const stopping = new AbortController();
  await listen(app.fetch, config, { say, onStop: () => stopping.abort() });
  const { signal } = stopping;
  const { refreshMs } = config;
  await Promise.all([
    refreshMs === null ? undefined : keepFresh(serving, served, { everyMs: refreshMs, signal }),
    config.sources.size > 0 ? undefined : followReleases(serving, served, signal),
  ]);
}

type JoinInput = {
  /** What an empty cluster gets. */
  readonly first: Release;
  readonly served: () => Release;
  /** The engine in this process. */
  readonly copy: () => Engine;
  readonly log: ReturnType<typeof createLog>;
};

/**
 * Searches in a cluster from now on. One without a release gets the one that this process has; one that has a release
 * keeps it, unless the operator gave sources. @throws EngineError when it does not answer in time, or has half a release.
 */
async function joinCluster(
  { cluster: settings, sources, waitMs }: Config,
  { first, served, copy, log }: JoinInput,
): Promise<{ readonly current: () => Engine; readonly mirror: Mirror } | null> {
  if (!settings) return null;
  const { sink } = await openClusterSink(settings, { limitMs: waitMs, say });
  // Invented data stands in for a city's only where the cluster has no other.
  let isSampleThere = false;
  const opened = await openCluster(settings, {
    limitMs: waitMs,
    say,
    copy: () => (served().origin === 'sample' && !isSampleThere ? null : copy()),
    onChange: (event) => log(event === 'open' ? 'cluster_given_up' : 'cluster_back', {}),
  });
  const isGiven = sources.size > 0;
  const before = await sink.current();
  if (isGiven || !before) say(`the cluster: ${await sink.publish(first, {})} ${first.version}`);
  const { version, vendors, branches, origin } = await opened.cluster().about();
  isSampleThere = origin === 'sample';
  say(`searching in opensearch: ${version}, ${vendors} vendors in ${branches} places`);
  return { current: opened.current, mirror: createMirror(sink, say) };
}
