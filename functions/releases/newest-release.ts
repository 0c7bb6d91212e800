import { EngineError, StoreUnavailableError } from '../engine/engine.ts';
import { findPointer, listReleases } from './find-pointer.ts';
import { POINTER_FILE, publishedVersions } from './pointer.ts';
import { type StoreFiles, textOf } from './store-files.ts';

/** Attempts to read a store that publishers change at the same time. */
const MAX_ATTEMPTS = 5;

/**
 * Calls `read` with the current version, with the previous ones, and with all others that were not rolled back from, newest first,
 * until it succeeds; `undefined` before the first publication. The warnings say why newer versions failed.
 * @throws EngineError with all the reasons when every version fails.
 * @throws StoreUnavailableError when a version cannot be read now, but may be whole
 */
export async function readNewestVersion<Value>(
  files: StoreFiles,
  read: (version: string) => Promise<Value>,
): Promise<{ value: Value; warnings: string[] } | undefined> {
  const pointerText = async () => {
    const bytes = await files.read(POINTER_FILE);
    return bytes && textOf(bytes);
  };
  for (let attempt = 1; ; attempt++) {
    const before = await pointerText();
    const isOutdated = async () => attempt < MAX_ATTEMPTS && (await pointerText()) !== before;
    const warnings: string[] = [];
    try {
      for await (const version of candidates(files, warnings)) {
        try {
          return { value: await read(version), warnings };
        } catch (error) {
          // A publication since then may have removed the version.
          if ((await isOutdated()) || error instanceof StoreUnavailableError) throw error;
          warnings.push((error as Error).message);
        }
      }
    } catch (error) {
      if (await isOutdated()) continue;
      throw error instanceof EngineError ? error : new EngineError((error as Error).message, { cause: error });
    }
    if (await isOutdated()) continue;
    if (warnings.length > 0) throw new EngineError(warnings.join('; '));
    return undefined;
  }
}

/** The versions to try. The store is searched only when the pointer's own versions have failed. */
async function* candidates(files: StoreFiles, warnings: string[]): AsyncGenerator<string> {
  const found = await findPointer(files);
  if (!found) return;
  if (found.warning) warnings.push(found.warning);
  const published = publishedVersions(found.pointer);
  yield* published;
  const skipped = new Set([...published, ...found.pointer.refused]);
  const { releases } = await listReleases(files);
  for (const { version } of releases) if (!skipped.has(version)) yield version;
}
