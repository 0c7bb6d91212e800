import type { Release } from '../model/release.ts';
import { piecesInSlices } from '../model/time-slices.ts';
import type { Coding, Download, DownloadStore } from './download-store.ts';
import type { createIndexDownloads, PackIndex, ReleaseIndex } from './index-download.ts';
import { publishedVersions } from './pointer.ts';
import type { ReleaseReader } from './release-reader.ts';
import { unlessUnavailable } from './store-files.ts';

/**
 * The releases that can be downloaded: the one that is served, even when it was never published, and those that the store keeps.
 * @param served the release that is served; when it is not in memory, this reads it
 * @param store keeps the files that are made of a release
 * @param opened the index of the served release, for pages that search it themselves
 * @param pack packs an index that was not published with its release; default: in this thread
 */
export function createReleaseDownloads(
  reader: ReleaseReader,
  served: () => Release | Promise<Release>,
  store: DownloadStore,
  opened: () => ReleaseIndex | undefined = () => undefined,
  pack?: PackIndex,
) {
  let loading: Promise<ReturnType<typeof createIndexDownloads>> | undefined;
  function indexes() {
    loading ??= import('./index-download.ts').then((module) =>
      module.createIndexDownloads({ reader, isPublished, opened, pack }),
    );
    return loading;
  }
  const version = async () => opened()?.version ?? (await served()).version;

  async function isPublished(version: string): Promise<boolean> {
    const pointer = await reader.pointer().catch(unlessUnavailable);
    return publishedVersions(pointer).includes(version);
  }
  async function release(version: string): Promise<Release | undefined> {
    const current = await served();
    if (current.version === version) return current;
    return (await isPublished(version)) ? reader.release(version) : undefined;
  }
  return {
    current: async () => served(),
    version,
    release,
    index: async () => (await indexes()).current(),
    indexFile: async (version: string, name: string) => (await indexes()).file(version, name),
    has: async (wanted: string) => (await version()) === wanted || isPublished(wanted),
    /** A file that is made of a release, from the store. @param parts its text @throws EngineError */
    async content(
      { version, name }: { version: string; name: string },
      coding: Coding,
      parts: (release: Release) => Iterable<string>,
    ): Promise<Download | undefined> {
      const found = await release(version);
      return found && store.open(version, name, coding, () => piecesInSlices(parts(found)));
    },
    /** A file that was published with a release. @param name never a path from a caller @throws EngineError */
    async report(version: string, name: string): Promise<string | undefined> {
      return (await isPublished(version)) ? reader.text(version, name) : undefined;
    },
  };
}

/** A store of downloads that is loaded when it is needed: a cold start does not need it. */
export function lazyDownloadStore(directory: string): DownloadStore {
  let loaded: Promise<DownloadStore> | undefined;
  return {
    open: async (...input) => {
      loaded ??= import('./download-store.ts').then(({ createDownloadStore }) => createDownloadStore(directory));
      return (await loaded).open(...input);
    },
  };
}
