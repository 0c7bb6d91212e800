import { EngineError, StoreUnavailableError } from '../engine/engine.ts';
import type { Release } from '../model/release.ts';
import { type FoundPointer, findPointer, pointerOf } from './find-pointer.ts';
import { POINTER_FILE } from './pointer.ts';
import { addressOf, type ReleaseFolder } from './release-folder.ts';
import { createReleaseReader, type ReleaseReader, readRelease } from './release-reader.ts';
import type { StoreFiles } from './store-files.ts';

/** The pointer, with the ETag it had when it was read; `null`: there was no such object. */
export type S3Pointer = FoundPointer & { readonly etag: string | null };

export function createS3Reader(folder: ReleaseFolder): ReleaseReader {
  return createReleaseReader(s3Files(folder));
}

/** @param signal ends the reading of files; without it, each has a timeout */
export function s3Files(folder: ReleaseFolder, signal?: AbortSignal): StoreFiles {
  const { bucket } = folder;
  const prefix = `${folder.path}/`;
  const place = (path: string) => `${addressOf(folder)}/${path}`;
  const read = async (path: string) => (await orUnavailable(bucket.get(prefix + path, signal)))?.bytes;
  return {
    place,
    read,
    chunks: async (path) => {
      const bytes = await read(path);
      return bytes && [bytes];
    },
    folders: async () => {
      const objects = await orUnavailable(bucket.list(prefix));
      const writtenMs = new Map<string, number>();
      for (const object of objects) {
        const [name = '', ...rest] = object.key.slice(prefix.length).split('/');
        if (rest.length > 0) writtenMs.set(name, Math.max(writtenMs.get(name) ?? 0, object.writtenMs));
      }
      return Array.from(writtenMs, ([name, written]) => ({ name, writtenMs: written }));
    },
  };
}

/**
 * The pointer of a folder, or the newest releases in its place; `undefined` before the first publication.
 * @throws EngineError if the pointer is damaged and the store has no release, or if the store cannot be read
 */
export async function readS3Pointer(folder: ReleaseFolder): Promise<S3Pointer | undefined> {
  const read = await readS3PointerIfChanged(folder, undefined);
  return read === 'unchanged' ? undefined : read;
}

/** Like {@link readS3Pointer}, but `unchanged` when the pointer still has this ETag. */
export async function readS3PointerIfChanged(
  folder: ReleaseFolder,
  etag: string | undefined,
  signal?: AbortSignal,
): Promise<S3Pointer | 'unchanged' | undefined> {
  const files = s3Files(folder, signal);
  try {
    const key = `${folder.path}/${POINTER_FILE}`;
    const object = await orUnavailable(folder.bucket.getIfChanged(key, etag, signal));
    if (object === 'unchanged') return object;
    if (object) return { ...(await pointerOf(files, object.bytes)), etag: object.etag };
    const found = await findPointer(files);
    return found && { ...found, etag: null };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError((error as Error).message, { cause: error });
  }
}

/** One release of a folder. @throws EngineError when it is missing, damaged, of another format, or cannot be read. */
export function readS3Release(folder: ReleaseFolder, version: string): Promise<Release> {
  return readRelease(s3Files(folder), version);
}

/** @throws StoreUnavailableError when S3 answers with an error, or not at all */
async function orUnavailable<Value>(request: Promise<Value>): Promise<Value> {
  try {
    return await request;
  } catch (error) {
    throw new StoreUnavailableError((error as Error).message, { cause: error });
  }
}
