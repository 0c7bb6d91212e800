import type { Release } from '../model/release.ts';
import { piecesInSlices } from '../model/time-slices.ts';
import type { Coding, Download, DownloadStore } from './download-store.ts';
import type { IndexDownload, ReleaseIndex } from './index-download.ts';
import { publishedVersions } from './pointer.ts';
import type { ReleaseReader } from './release-reader.ts';
import { unlessUnavailable } from './store-files.ts';

/** Indexes of this many releases are kept in memory, the served one and the previous one, whose name pages may have just read. */
const KEPT_INDEXES = 2;

/**
 * The releases that can be downloaded: the one that is served, even when it was never published, and those that the store keeps.
 * @param served the release that is served; when it is not in memory, this reads it
 * @param store keeps the files that are made of a release
 * @param opened the index of the served release, for pages that search it themselves
 */
export function createReleaseDownloads(
  reader: ReleaseReader,
  served: () => Release | Promise<Release>,
  store: DownloadStore,
  opened: () => ReleaseIndex | undefined = () => undefined,
) {
  const packed = new Map<string, Promise<IndexDownload | undefined>>();

  /** The index of the served release with its provenance; packed once, at the first request. */
  async function index() {
    const release = opened();
    if (!release) return undefined;
    const { indexDownload } = await import('./index-download.ts');
    const { version, origin, asOf, sources } = release;
    const packing = packed.get(version) ?? indexDownload(release);
    packed.delete(version);
    packed.set(version, packing);
    packing.catch(() => packed.delete(version));
    for (const old of [...packed.keys()].slice(0, -KEPT_INDEXES)) packed.delete(old);
    const file = await packing;
    return file && { ...file, provenance: { origin, asOf, sources } };
  }

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
    release,
    index,
    /** A packed index that this process has named; `undefined` if it is not in memory. */
    async indexFile(version: string, name: string): Promise<Uint8Array | undefined> {
      if (!packed.has(version) && (await served()).version === version) await index();
      const file = await packed.get(version);
      return file?.name === name ? file.bytes : undefined;
    },
    has: async (version: string) => (await served()).version === version || (await isPublished(version)),
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
