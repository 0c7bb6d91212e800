import { EngineError, StoreUnavailableError } from '../engine/engine.ts';
import type { Provenance, Release } from '../model/release.ts';
import type { Vendor } from '../model/vendor.ts';
import type { ContentHead, ContentVisitor } from './content-parser.ts';
import { findPointer } from './find-pointer.ts';
import type { ReleasePointer } from './pointer.ts';
import {
  CONTENT_FILE,
  INDEX_FILE,
  isVersion,
  PROVENANCE_FILE,
  parseProvenance,
  type StoredProvenance,
} from './release-format.ts';
import { sha256 } from './sealed-json.ts';
import { existingChunks, readExisting, type StoreFiles, textOf } from './store-files.ts';

/** Reads the releases of one store: a directory or a bucket. */
export type ReleaseReader = {
  /**
   * When the pointer is damaged or missing, the newest releases in the store take its place; `undefined` before the first publication.
   * @throws EngineError when it cannot be read.
   */
  pointer(): Promise<ReleasePointer | undefined>;
  /** @throws EngineError when the release is missing, damaged, or of another format. */
  release(version: string): Promise<Release>;
  /**
   * Reads the release without keeping its vendors in memory.
   * @throws EngineError when the release is missing, damaged, or of another format: what the visitor got is then of no use
   */
  content(version: string, visitor: ContentVisitor): Promise<void>;
  /** @throws EngineError */
  provenance(version: string): Promise<Provenance>;
  /** The index file; `undefined` when the release has none. @throws Error */
  index(version: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * The text of another file of a release; `undefined` when the release has none of that name.
   * @param name never a path from a caller @throws EngineError when it cannot be read, or is damaged
   */
  text(version: string, name: string): Promise<string | undefined>;
  /** The same as bytes. @throws EngineError */
  file(version: string, name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The names of all other files of a release; none if it was published before they had checksums. @throws EngineError */
  fileNames(version: string): Promise<readonly string[]>;
};

export function createReleaseReader(files: StoreFiles): ReleaseReader {
  return {
    pointer: async () => (await findPointer(files))?.pointer,
    release: (version) => readRelease(files, version),
    content: async (version, visitor) => void (await visitRelease(files, version, visitor)),
    provenance: async (version) => {
      const { origin, asOf, sources } = await readProvenance(files, version);
      return { origin, asOf, sources };
    },
    index: (version) => files.read(`${version}/${INDEX_FILE}`),
    text: async (version, name) => {
      const bytes = await readFile(files, version, name);
      return bytes && textOf(bytes);
    },
    file: (version, name) => readFile(files, version, name),
    fileNames: async (version) => Object.keys((await readProvenance(files, version)).checksums ?? {}),
  };
}

/** One release of a store. @throws EngineError when it is missing, damaged, of another format, or cannot be read. */
export async function readRelease(files: StoreFiles, version: string): Promise<Release> {
  const vendors: Vendor[] = [];
  let content: ContentHead | undefined;
  const { origin, asOf, sources } = await visitRelease(files, version, {
    head: (head) => {
      content = head;
    },
    vendors: (some) => {
      for (const vendor of some) vendors.push(vendor);
    },
  });
  return { ...(content as ContentHead), vendors, origin, asOf, sources };
}

/** Reads one release of a store, and returns its provenance. @throws EngineError like {@link readRelease} */
export async function visitRelease(
  files: StoreFiles,
  version: string,
  visitor: ContentVisitor,
): Promise<StoredProvenance> {
  if (!isVersion(version)) throw new EngineError(`there is no release ${JSON.stringify(version.slice(0, 60))}`);
  return withPlace(`the release in ${files.place(version)}`, async () => {
    // The small file first: a release without it is not read.
    const provenance = await parseProvenance(
      version,
      textOf(await readExisting(files, `${version}/${PROVENANCE_FILE}`)),
    );
    // Imported here: opening a release by its index does not need its content.
    const { readContent } = await import('./content-reader.ts');
    await readContent(version, await existingChunks(files, `${version}/${CONTENT_FILE}`), visitor);
    return provenance;
  });
}

/** @throws EngineError */
export async function readProvenance(files: StoreFiles, version: string): Promise<StoredProvenance> {
  const path = `${version}/${PROVENANCE_FILE}`;
  return withPlace(files.place(path), async () => parseProvenance(version, textOf(await readExisting(files, path))));
}

/** Attempts to read a file and its checksum, which a publisher replaces one after the other. */
const MAX_ATTEMPTS = 3;

async function readFile(
  files: StoreFiles,
  version: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const path = `${version}/${name}`;
  for (let attempt = 1; ; attempt++) {
    const { checksums } = await readProvenance(files, version);
    if (checksums && !Object.hasOwn(checksums, name)) return undefined;
    const bytes = await files.read(path);
    if (!checksums || (bytes && (await sha256(bytes)) === checksums[name])) return bytes;
    if (attempt < MAX_ATTEMPTS) continue;
    throw new EngineError(
      `${files.place(path)} is ${bytes ? 'damaged: it is not the file that was published' : 'missing'}`,
    );
  }
}

async function withPlace<Value>(place: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    const Kind = error instanceof StoreUnavailableError ? StoreUnavailableError : EngineError;
    throw new Kind(`${place} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
