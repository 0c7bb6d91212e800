import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createClusterMirror } from '../seed/cluster-mirror.ts';
import { findCity } from '../seed/find-city.ts';
import { initialRelease, type ServerData } from '../seed/initial-release.ts';
import { mayLoadLive } from '../seed/load.ts';
import { type LoadWorker, loadInWorker } from '../seed/load-in-worker.ts';
import { createProgress } from '../seed/progress.ts';
import { followReleases, keepFresh } from '../seed/refresh-loop.ts';
import { summary } from '../seed/report/report-text.ts';
import { createServedRelease } from '../seed/served-release.ts';
import { failureLine } from './commands/failure-line.ts';
import { type Config, loadConfig, releasesDirectoryOf, tilesOf } from './config/config.ts';
import { settingsHelp } from './config/settings-help.ts';
import { cacheIndexFile, indexFileOf, releaseIndexOf } from './engine/embedded/build/index-cache.ts';
import { readableIndex } from './engine/embedded/file/readable-index.ts';
import { joinCluster } from './engine/join-cluster.ts';
import { createApp } from './http/app.ts';
import { terminalText } from './model/text/unsafe-characters.ts';
import { gzip } from './node/gzip.ts';
import { listen } from './node/listen.ts';
import { createLog } from './node/log.ts';
import { pageFiles } from './node/page-files.ts';
import { observeServer } from './observe/observe-server.ts';
import { createDirectoryReader, pointerStamp } from './releases/directory-reader.ts';
import { createDirectorySink } from './releases/directory-sink.ts';
import { createReleaseDownloads, lazyDownloadStore } from './releases/downloads.ts';
import { packInThread } from './releases/pack-in-thread.ts';
import { readServableRelease } from './releases/servable-release.ts';
import { watchStore } from './releases/store-health.ts';
import { createServedEngine } from './threads/served-engine.ts';
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
  const progress = createProgress(process.stderr);
  const city = findCity(config.city);
  const releasesDirectory = releasesDirectoryOf(config, city.facts.id);
  const tiles = tilesOf(config, city.tiles);
  const { stored, notes } = watchStore(() => readServableRelease(releasesDirectory));
  const pack = packInThread(new URL('./pack-worker.js', import.meta.url));
  const loadWorker: LoadWorker = {
    script: new URL('./load-worker.js', import.meta.url),
    cacheIndexFile: (release, index) => cacheIndexFile(release, readableIndex(index)),
  };
  const serverData: ServerData = {
    city,
    givenSources: config.sources,
    sampleDirectory: fileURLToPath(new URL('./sample', import.meta.url)),
    releases: {
      sink: createDirectorySink(releasesDirectory, pack),
      stored,
      stamp: () => pointerStamp(releasesDirectory),
    },
    options: {
      cacheDirectory: config.downloadsDirectory,
      appToken: config.appToken ?? undefined,
      progress: progress.update,
    },
    isLiveAllowed: mayLoadLive(city, config.refreshMs),
    load: (input) => loadInWorker(loadWorker, input),
    say,
  };
  const firstStamp = await serverData.releases.stamp();
  const first = await initialRelease(serverData);
  progress.end();
  say(summary(first));
  const count = threadCount(config, availableParallelism());
  const script = new URL('./search-worker.js', import.meta.url);
  const threads = count > 0 ? createThreadPool({ ...config, tiles, script, count, log }) : undefined;
  const { current, replace } = createServedEngine(first, threads);
  const served = createServedRelease(first, async (release, previous) => {
    progress.end();
    const isSameContent = release.version === previous.version;
    if (isSameContent) cacheIndexFile(release, indexFileOf(previous));
    await replace(release);
    if (!isSameContent || release.origin !== previous.origin) say(summary(release));
    void mirror?.offer(release);
  });
  const cluster =
    config.cluster &&
    (await joinCluster(config.cluster, {
      limitMs: config.waitMs,
      first,
      replacesRelease: config.sources.size > 0,
      served: served.current,
      copy: current,
      say,
      log,
    }));
  const mirror = cluster && createClusterMirror(cluster.sink, say);
  const root = fileURLToPath(new URL('./web', import.meta.url));
  const page = pageFiles(root, config.dataDirectory);
  const files = createReleaseDownloads(
    createDirectoryReader(releasesDirectory),
    served.current,
    lazyDownloadStore(`${config.dataDirectory}/served-files/${city.facts.id}`),
    () => releaseIndexOf(served.current()),
    pack,
  );
  const stopping = new AbortController();
  const engine = cluster?.current ?? current;
  const output = process.stdout;
  const { onRequestDone, onRefused, observed } = await observeServer(config, { engine, output, say, log });
  const app = createApp({
    engine,
    onRequestDone,
    // A proxy in front of the server sends ids that can be trusted.
    acceptsRequestIds: config.trustedProxies !== null,
    tiles,
    log,
    files,
    page,
    reload: config.reload,
    gzip,
    delegate: threads?.delegate,
    cacheBytes: config.cacheMb * 2 ** 20,
    isDraining: () => stopping.signal.aborted,
    notes,
  });
  await listen(observed(app.fetch), config, {
    say,
    log,
    onRefused,
    isLate: threads?.isLate,
    onStop: () => stopping.abort(),
  });
  const { signal } = stopping;
  const { refreshMs } = config;
  await Promise.all([
    refreshMs === null ? undefined : keepFresh(serverData, served, { everyMs: refreshMs, signal }),
    config.sources.size > 0 ? undefined : followReleases(serverData, served, signal, firstStamp),
  ]);
}
