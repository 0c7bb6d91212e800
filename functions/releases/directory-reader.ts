import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreUnavailableError } from '../engine/engine.ts';
import type { Release } from '../model/release.ts';
import { readChunks, readInPieces } from './file-pieces.ts';
import { findPointer } from './find-pointer.ts';
import { readNewestVersion } from './newest-release.ts';
import { POINTER_FILE, type ReleasePointer } from './pointer.ts';
import { createReleaseReader, type ReleaseReader, readRelease } from './release-reader.ts';
import type { StoreFiles } from './store-files.ts';

export function createDirectoryReader(directory: string): ReleaseReader {
  return createReleaseReader(directoryFiles(directory));
}

export function directoryFiles(directory: string): StoreFiles {
  return {
    place: (path) => join(directory, path),
    read: async (path) => {
      try {
        return await readInPieces(join(directory, path));
      } catch (error) {
        return missingOr(error, undefined, join(directory, path));
      }
    },
    chunks: async (path) => {
      const place = join(directory, path);
      try {
        const file = await open(place);
        if ((await file.stat()).isFile()) return availableChunks(readChunks(file), place);
        await file.close();
        return undefined;
      } catch (error) {
        return missingOr(error, undefined, place);
      }
    },
    folders: async () => {
      try {
        const entries = await readdir(directory, { withFileTypes: true });
        const folders = entries.filter((entry) => entry.isDirectory());
        return await Promise.all(
          folders.map(async ({ name }) => ({ name, writtenMs: await writtenMs(join(directory, name)) })),
        );
      } catch (error) {
        return missingOr(error, [], directory);
      }
    },
  };
}

/**
 * The pointer of a directory, or the newest releases in its place; `undefined` before the first publication.
 * @throws EngineError if the pointer is damaged and the store has no release, or if the store cannot be read
 */
export async function readDirectoryPointer(directory: string): Promise<ReleasePointer | undefined> {
  return (await findPointer(directoryFiles(directory)))?.pointer;
}

/** One release of a directory. @throws EngineError when it is missing, damaged, or of another format. */
export function readDirectoryRelease(directory: string, version: string): Promise<Release> {
  return readRelease(directoryFiles(directory), version);
}

/** The current release, or the newest other one that can be read; `undefined` before the first publication. */
export async function readCurrentRelease(
  directory: string,
): Promise<{ release: Release; warnings: string[] } | undefined> {
  const files = directoryFiles(directory);
  const newest = await readNewestVersion(files, (version) => readRelease(files, version));
  return newest && { release: newest.value, warnings: newest.warnings };
}

/** A text that changes whenever another release becomes current, or the current one is read again; it costs one `stat`. */
export async function pointerStamp(directory: string): Promise<string> {
  try {
    const { mtimeMs, ino, size } = await stat(join(directory, POINTER_FILE));
    return `${mtimeMs} ${ino} ${size}`;
  } catch {
    return '';
  }
}

async function* availableChunks(chunks: AsyncIterable<Uint8Array>, place: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw new StoreUnavailableError(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

function writtenMs(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** The file is not there, or something else has its name. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG']);

/** @throws StoreUnavailableError for every other error of the system, such as EMFILE, EIO or EACCES */
function missingOr<Value>(error: unknown, value: Value, place: string): Value {
  if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return value;
  throw new StoreUnavailableError(`${place}: ${(error as Error).message}`, { cause: error });
}
