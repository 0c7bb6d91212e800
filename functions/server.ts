import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ClusterMirror, createClusterMirror } from '../seed/cluster-mirror.ts';
import { findCity } from '../seed/find-city.ts';
import { createServedRelease, initialRelease, type ServerData } from '../seed/initial-release.ts';
import { LoadError } from '../seed/load-error.ts';
import { loadInWorker } from '../seed/load-in-worker.ts';
import { createProgress } from '../seed/progress.ts';
import { followReleases, keepFresh } from '../seed/refresh-loop.ts';
import { summary } from '../seed/report/report-text.ts';
import { type Config, ConfigError, loadConfig } from './config/config.ts';
import { settingsHelp } from './config/settings-help.ts';
import { openCluster } from './engine/cluster-engine.ts';
import { openClusterSink } from './engine/cluster-sink.ts';
import { cacheIndexFile } from './engine/embedded/build/index-cache.ts';
import { openEmbedded } from './engine/embedded/release-engine.ts';
import { type Engine, EngineError } from './engine/engine.ts';
import { swappable } from './engine/swappable-engine.ts';
import { createApp } from './http/app.ts';
import type { DataOrigin, Release } from './model/release.ts';
import { gzip } from './node/gzip.ts';
import { listen } from './node/listen.ts';
import { createLog } from './node/log.ts';
import { pageFiles } from './node/page-files.ts';
import { createDirectoryReader, pointerStamp, readCurrentRelease } from './releases/directory-reader.ts';
import { createDirectorySink } from './releases/directory-sink.ts';
import { createReleaseDownloads } from './releases/downloads.ts';

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
  if (config.help) return void say(`curbside: street food near you\n\n${settingsHelp()}`);
  const log = createLog((line) => process.stderr.write(line));
  const progress = createProgress(process.stderr);
  const { releasesDirectory } = config;
  const serving: ServerData = {
    city: findCity(config.city),
    given: config.sources,
    sampleDirectory: fileURLToPath(new URL('./sample', import.meta.url)),
    releases: {
      sink: createDirectorySink(releasesDirectory),
      stored: () => readCurrentRelease(releasesDirectory),
      stamp: () => pointerStamp(releasesDirectory),
    },
    options: {
      cacheDirectory: config.downloadsDirectory,
      appToken: config.appToken ?? undefined,
      progress: progress.update,
    },
    load: (input) => loadInWorker({ thread: new URL('./load-worker.js', import.meta.url), cacheIndexFile }, input),
    say,
  };
  const first = await initialRelease(serving);
  progress.end();
  say(summary(first));
  const { current, swap } = swappable(openEmbedded(first));
  const served = createServedRelease(first, (release) => {
    progress.end();
    swap(openEmbedded(release));
    say(summary(release));
    void cluster?.mirror.offer(release);
  });
  const cluster =
    config.cluster && (await joinCluster(config, { first, served: () => served.current(), copy: current, log }));
  const root = fileURLToPath(new URL('./web', import.meta.url));
  const page = pageFiles(root, config.dataDirectory);
  const files = createReleaseDownloads(createDirectoryReader(releasesDirectory), served.current);
  const app = createApp({
    engine: cluster?.current ?? current,
    tiles: config.tiles,
    log,
    files,
    page,
    reload: config.reload,
    gzip,
    cacheBytes: config.cacheMb * 2 ** 20,
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
 * keeps it, unless the operator gave sources. When it is not to be waited for, only what is refreshed later is published.
 * @throws EngineError when it does not answer in time, or has half a release.
 */
async function joinCluster(
  { cluster: settings, sources, waitMs }: Config,
  { first, served, copy, log }: JoinInput,
): Promise<{ readonly current: () => Engine; readonly mirror: ClusterMirror } | null> {
  if (!settings) return null;
  const { sink } = await openClusterSink(settings, { limitMs: waitMs, say });
  /** Of the cluster's release; `null`: it has not shown one yet. */
  let there: DataOrigin | null = null;
  let isAway = false;
  const opened = await openCluster(settings, {
    limitMs: waitMs,
    say,
    // Invented data stands in for a city's only where the cluster has no other.
    copy: () => (served().origin === 'sample' && there !== null && there !== 'sample' ? null : copy()),
    // A dead cluster is tried again every few seconds, and each time given up again.
    onChange: (event) => {
      if (isAway === (event === 'open')) return;
      isAway = event === 'open';
      log(isAway ? 'cluster_given_up' : 'cluster_back', {});
    },
  });
  const look = async () => {
    const { version, vendors, branches, origin } = await opened.cluster().about();
    there = origin;
    say(`searching in opensearch: ${version}, ${vendors} vendors in ${branches} places`);
  };
  if (waitMs === null) void untilDone(look);
  else {
    const isGiven = sources.size > 0;
    const before = await sink.current();
    if (isGiven || !before) say(`the cluster: ${await sink.publish(first, {})} ${first.version}`);
    await look();
  }
  return { current: opened.current, mirror: createClusterMirror(sink, say) };
}

/** Looks at a cluster that is starting, again and again; each new reason why it does not answer is said once. */
async function untilDone(look: () => Promise<void>): Promise<void> {
  for (let told = ''; ; ) {
    try {
      return await look();
    } catch (error) {
      const { message } = error as Error;
      if (message !== told) say(`answering from the embedded copy until the cluster does: ${message}`);
      told = message;
      await sleep(1_000, undefined, { ref: false });
    }
  }
}
