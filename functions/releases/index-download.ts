import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gunzipSync, gzip } from 'node:zlib';
import { packIndex } from '../engine/embedded/transport/pack-index.ts';
import { isPackedHere } from '../engine/embedded/transport/packed-header.ts';
import type { Provenance } from '../model/release.ts';
import { MOST_BRANCHES, PAGE_INDEX_NAME } from '../model/site-release.ts';
import type { ReleaseReader } from './release-reader.ts';

/** Packs an index file for pages, which takes 1.6 s of CPU for 20,000 branches (2026-11-27). */
export type PackIndex = (index: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

/** A release's index file, with what opening it needs. */
export type ReleaseIndex = Provenance & {
  readonly version: string;
  readonly branches: number;
  readonly index: Uint8Array<ArrayBuffer>;
};

type PackedFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A release's index as pages download it. */
export type IndexDownload = PackedFile & {
  readonly version: string;
  readonly provenance: Provenance;
};

/** Indexes of this many releases are kept in memory, the served one and the previous one, whose name pages may have just read. */
const KEPT_INDEXES = 2;

/** Bytes of a packed index that are decompressed to see which version of the program has packed it. */
const HEAD_BYTES = 1_024;

/** Packs in this thread. The same file is packed to the same bytes. */
export const packForPages: PackIndex = async (index) => {
  // The blocks of this memory level fit the parts of an index best: 52 kB of a city instead of 56 at the default level (2026-11-27).
  return new Uint8Array(await promisify(gzip)(packIndex(index), { level: 9, memLevel: 4 }));
};

/** The name of a packed index. A file never changes under its name, even if a later version of the program packs the same data otherwise. */
export function pageIndexName(bytes: Uint8Array): string {
  return `index-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.bin.gz`;
}

type PublishedFiles = Pick<ReleaseReader, 'fileNames' | 'file'>;

/**
 * The packed index that was published with a release; `undefined` if there is none that pages of this version of the program can unpack.
 * @throws EngineError if it is damaged, or the store cannot be read
 */
export async function readPageIndex(reader: PublishedFiles, version: string): Promise<PackedFile | undefined> {
  const name = (await reader.fileNames(version)).find((one) => PAGE_INDEX_NAME.test(one));
  const bytes = name && (await reader.file(version, name));
  return bytes && isReadableByPages(bytes) ? { name, bytes } : undefined;
}

export type IndexDownloadsOptions = {
  readonly reader: PublishedFiles;
  /** Whether the store has this version. */
  readonly isPublished: (version: string) => Promise<boolean>;
  /** The index of the served release. */
  readonly opened: () => ReleaseIndex | undefined;
  /** Default: packs in this thread. */
  readonly pack?: PackIndex | undefined;
};

/**
 * The indexes that pages download: as they were published, and packed only if the served release was not published, or by a program that
 * packed none or otherwise.
 */
export function createIndexDownloads({ reader, isPublished, opened, pack = packForPages }: IndexDownloadsOptions) {
  const kept = new Map<string, Promise<PackedFile>>();

  function keep(version: string, read: () => Promise<PackedFile>): Promise<PackedFile> {
    const file = kept.get(version) ?? read();
    kept.delete(version);
    kept.set(version, file);
    file.catch(() => kept.delete(version));
    for (const old of [...kept.keys()].slice(0, -KEPT_INDEXES)) kept.delete(old);
    return file;
  }

  const published = async (version: string) =>
    (await isPublished(version)) ? readPageIndex(reader, version) : undefined;

  /** The index of the served release with its provenance; `undefined` if it is too large for pages that search it themselves. */
  async function current(): Promise<IndexDownload | undefined> {
    const release = opened();
    if (!release || release.branches > MOST_BRANCHES) return undefined;
    const { version, origin, asOf, sources, index } = release;
    const file = await keep(version, async () => {
      // A file that is damaged or cannot be read is as good as none.
      const found = await published(version).catch(() => undefined);
      if (found) return found;
      const bytes = await pack(index);
      return { name: pageIndexName(bytes), bytes };
    });
    return { ...file, version, provenance: { origin, asOf, sources } };
  }

  return {
    current,
    /** The bytes of an index by its name, also of the previous release. @throws EngineError if the store cannot be read */
    async file(version: string, name: string): Promise<Uint8Array | undefined> {
      const file = opened()?.version === version ? await current() : await (kept.get(version) ?? published(version));
      return file?.name === name ? file.bytes : undefined;
    },
  };
}

/** Whether pages of this version of the program can unpack an index. */
function isReadableByPages(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, HEAD_BYTES);
  try {
    return isPackedHere(gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    // It is not a gzip file.
    return false;
  }
}
