import { fileURLToPath } from 'node:url';
import { createClusterMirror } from '../../seed/cluster-mirror.ts';
import { initialRelease, type ServerData } from '../../seed/initial-release.ts';
import { mayLoadLive } from '../../seed/load.ts';
import { type LoadWorker, loadInWorker } from '../../seed/load-in-worker.ts';
import type { ProgressView } from '../../seed/progress.ts';
import { followReleases, keepFresh } from '../../seed/refresh-loop.ts';
import { summary } from '../../seed/report/report-text.ts';
import { createServedRelease } from '../../seed/served-release.ts';
import { aliasOf, type Config, releasesDirectoryOf, tilesOf } from '../config/config.ts';
import { cacheIndexFile, indexFileOf, releaseIndexOf } from '../engine/embedded/build/index-cache.ts';
import { readableIndex } from '../engine/embedded/file/readable-index.ts';
import type { EngineSource } from '../engine/engine.ts';
import { joinCluster } from '../engine/join-cluster.ts';
import type { Log } from '../http/middleware/error-responses.ts';
import type { ReleaseFiles } from '../http/routes/data.ts';
import { createDirectoryReader, pointerStamp } from '../releases/directory-reader.ts';
import { createDirectorySink } from '../releases/directory-sink.ts';
import { createReleaseDownloads, lazyDownloadStore } from '../releases/downloads.ts';
import { packInThread } from '../releases/pack-in-thread.ts';
import { readServableRelease } from '../releases/servable-release.ts';
import { watchStore } from '../releases/store-health.ts';
import { createServedEngine } from '../threads/served-engine.ts';
import type { ThreadPool } from '../threads/thread-pool.ts';
import type { CityPlace } from './city-places.ts';

/** What the cities of a process share. */
export type SharedParts = {
  readonly config: Config;
  /** The directory of the built programs. */
  readonly programs: URL;
  readonly threads: ThreadPool | undefined;
  readonly progress: ProgressView;
  readonly log: Log;
  /** Whether the first load is in a worker too: with several cities, one may be answered while another is loaded. */
  readonly loadsInWorker: boolean;
};

/** A city with data. */
export type OpenCity = {
  readonly engine: EngineSource;
  readonly files: ReleaseFiles;
  /** What an operator should look at, for `/readyz`. */
  readonly notes: () => readonly string[];
  /** Keeps its data fresh until the signal aborts. */
  readonly follow: (signal: AbortSignal) => Promise<unknown>;
};

/**
 * Loads a city's first release and connects its engine.
 * @param say tells the operator a line about this city
 * @throws LoadError when its data cannot be loaded @throws EngineError when its releases or the cluster cannot be read
 */
export async function openCity(
  { city, root }: CityPlace,
  { config, programs, threads, progress, log, loadsInWorker }: SharedParts,
  say: (line: string) => void,
): Promise<OpenCity> {
  const { id } = city.facts;
  const releasesDirectory = releasesDirectoryOf(config, id);
  const { stored, notes } = watchStore(() => readServableRelease(releasesDirectory));
  const pack = packInThread(new URL('./pack-worker.js', programs));
  const loadWorker: LoadWorker = {
    script: new URL('./load-worker.js', programs),
    cacheIndexFile: (release, index) => cacheIndexFile(release, readableIndex(index)),
  };
  const serverData: ServerData = {
    city,
    givenSources: config.sources,
    sampleDirectory: fileURLToPath(new URL('./sample', programs)),
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
  const first = await initialRelease(serverData, loadsInWorker ? serverData.load : undefined);
  progress.end();
  say(summary(first));
  const { current, replace } = createServedEngine(first, threads, { root, tiles: tilesOf(config, city.tiles) });
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
    (await joinCluster(
      { ...config.cluster, alias: aliasOf(config.cluster.alias, id, root === '/') },
      {
        limitMs: config.waitMs,
        first,
        replacesRelease: config.sources.size > 0,
        served: served.current,
        copy: current,
        say,
        log,
      },
    ));
  const mirror = cluster && createClusterMirror(cluster.sink, say);
  const files = createReleaseDownloads(
    createDirectoryReader(releasesDirectory),
    served.current,
    lazyDownloadStore(`${config.dataDirectory}/served-files/${id}`),
    () => releaseIndexOf(served.current()),
    pack,
  );
  const { refreshMs: everyMs } = config;
  return {
    engine: cluster?.current ?? current,
    files,
    notes,
    follow: (signal) =>
      Promise.all([
        everyMs === null ? undefined : keepFresh(serverData, served, { everyMs, signal }),
        config.sources.size > 0 ? undefined : followReleases(serverData, served, signal, firstStamp),
      ]),
  };
}
