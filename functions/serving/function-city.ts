import { tmpdir } from 'node:os';
import { aliasOf, type Config, runByClockOf, tilesOf } from '../config/config.ts';
import { openCluster } from '../engine/cluster-engine.ts';
import { EngineError, type EngineInfo, type EngineSource } from '../engine/engine.ts';
import { swappable } from '../engine/swappable-engine.ts';
import { createEngineWithoutRelease } from '../engine/without-release.ts';
import { type AppDeps, createApp } from '../http/app.ts';
import type { Log } from '../http/middleware/error-responses.ts';
import { toPlainResponse } from '../http/middleware/plain-response.ts';
import type { RequestObserver } from '../http/middleware/request-record.ts';
import type { ReleaseFiles } from '../http/routes/data.ts';
import { gzip } from '../node/gzip.ts';
import { createDirectoryReader, readDirectoryRelease } from '../releases/directory-reader.ts';
import { createReleaseDownloads, lazyDownloadStore } from '../releases/downloads.ts';
import type { LoadedRelease, openCurrentRelease } from '../releases/open-release.ts';
import { createReleasePoller, type ReleasePoller } from '../releases/poller.ts';
import { releaseFolderOf } from '../releases/release-folder.ts';
import type { Bucket } from '../releases/s3-client.ts';
import { createS3Reader, readS3Release } from '../releases/s3-reader.ts';
import { notesOf } from '../releases/store-health.ts';
import type { ListedCity } from './city-list-file.ts';

export type Fetch = (request: Request) => Response | Promise<Response>;

/** What the cities of a function share. */
export type FunctionParts = {
  readonly config: Config;
  /** Where the releases of all cities are; `null`: there is only the one in the function's package. */
  readonly bucket: Bucket | null;
  /** The directory of the release in the function's package. */
  readonly directory: string;
  /** That release; `undefined` if the package has none. */
  readonly bundled: Awaited<ReturnType<typeof openCurrentRelease>>;
  readonly listed: readonly ListedCity[];
  readonly log: Log;
  /** The observer of the requests for a city. @param city its id, if there are several */
  readonly observerOf: (city?: string) => RequestObserver | undefined;
};

/** The data of one city. */
export type FunctionCity = {
  /** Opens the engine: over the data, or over the cluster if searches go there. */
  readonly connect: () => Promise<EngineSource>;
  readonly files: ReleaseFiles;
  /** What an operator should look at, for `/readyz`. */
  readonly notes: () => readonly string[];
  /** Of the release that was read last; `undefined`: none yet. */
  readonly about: () => EngineInfo | undefined;
  /** Looks for newer data; `null` without a bucket. */
  readonly poller: ReleasePoller | null;
};

/**
 * Opens a city of a function. Its data is read from the bucket when it is looked for.
 * @param isFirst the first city has the release in the function's package until there is a newer one, and the clock of the process
 */
export function openFunctionCity(
  { config, bucket, directory, bundled: inPackage, log }: Omit<FunctionParts, 'listed' | 'observerOf'>,
  id: string,
  isFirst: boolean,
): FunctionCity {
  const bundled = isFirst ? inPackage : undefined;
  let served: LoadedRelease | undefined = bundled;
  let notes = notesOf(bundled?.warnings ?? []);
  const { current, swap } = swappable(bundled?.engine ?? createEngineWithoutRelease());
  const folder = bucket && releaseFolderOf(bucket, id, isFirst);
  const poller =
    folder &&
    createReleasePoller({
      folder,
      city: id,
      current: () => served,
      offer: (next, warnings) => {
        if (isFirst) runByClockOf(next.about.city.zone);
        served = next;
        notes = notesOf(warnings);
        swap(next.engine);
      },
      log,
    });
  /** The content of the served release, read only for downloads. */
  const content = () => {
    if (!served) throw new EngineError('no release is loaded yet');
    const { version } = served.about;
    return folder && version !== bundled?.about.version
      ? readS3Release(folder, version)
      : readDirectoryRelease(directory, version);
  };
  // The function serves the files of releases, too. It writes those that it makes of a release into its own /tmp.
  const files = createReleaseDownloads(
    folder ? createS3Reader(folder) : createDirectoryReader(directory),
    content,
    lazyDownloadStore(`${tmpdir()}/served-files/${id}`),
    () => served && { ...served.about, index: served.index },
  );
  // Never serve sample data in place of a real city's.
  const copy = () => (!served || served.about.origin === 'sample' ? null : current());
  const say = (line: string) => log('cluster', { line });
  return {
    connect: async () => {
      if (!config.cluster) return current;
      const alias = aliasOf(config.cluster.alias, id, isFirst);
      return (await openCluster({ ...config.cluster, alias }, { limitMs: null, copy, say })).current;
    },
    files,
    notes: () => notes,
    about: () => served?.about,
    poller,
  };
}

/** What the app of a city needs besides its data. */
export function appDepsOf(
  { config, listed, log }: FunctionParts,
  id: string,
): Pick<AppDeps, 'tiles' | 'log' | 'gzip' | 'toResponse' | 'cacheBytes'> {
  return {
    tiles: tilesOf(config, listed.find((city) => city.id === id)?.tiles),
    log,
    gzip,
    toResponse: toPlainResponse,
    cacheBytes: Math.floor((config.cacheMb * 2 ** 20) / config.cities.length),
  };
}

/** Serves a single city. */
export async function serveFunctionCity(parts: FunctionParts): Promise<Fetch> {
  const [id] = parts.config.cities;
  const { connect, files, notes, poller } = openFunctionCity(parts, id, true);
  const started = poller?.start();
  const engine = await connect();
  const app = createApp({ ...appDepsOf(parts, id), engine, files, notes, onRequestDone: parts.observerOf() });
  // The bundled release may be weeks old: the first answer is of the newest one.
  await started;
  return async (request) => {
    await poller?.look();
    return app.fetch(request);
  };
}
