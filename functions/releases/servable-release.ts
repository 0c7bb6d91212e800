import { join } from 'node:path';
import { cacheIndexFile } from '../engine/embedded/build/index-cache.ts';
import { indexedRelease } from '../engine/embedded/file/indexed-release.ts';
import { readableIndex } from '../engine/embedded/file/readable-index.ts';
import type { Release } from '../model/release.ts';
import { readCurrentRelease } from './directory-reader.ts';
import { readShared } from './file-pieces.ts';
import { INDEX_FILE } from './release-format.ts';

/**
 * `readCurrentRelease` for a process that also searches the release. It finds the published index in the cache, in memory that threads
 * can share: building it would keep requests waiting, at 100,000 branches for some 5 s of CPU time (2026-11-27). If the index is missing,
 * damaged or of another format, it is built when it is needed.
 */
export async function readServableRelease(
  directory: string,
): Promise<{ release: Release; warnings: string[] } | undefined> {
  const current = await readCurrentRelease(directory);
  if (!current) return undefined;
  const { release } = current;
  try {
    const index = readableIndex(await readShared(join(directory, release.version, INDEX_FILE)));
    if (indexedRelease(index) === release.version) cacheIndexFile(release, index);
  } catch {
    // The content is whole, and the index can be built from it.
  }
  return current;
}
