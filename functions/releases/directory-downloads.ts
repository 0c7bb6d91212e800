import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../engine/engine.ts';
import type { Release } from '../model/release.ts';
import { readDirectoryPointer, readDirectoryRelease } from './directory-reader.ts';

/**
 * The releases that can be downloaded: the one that is served, also when it was never published, and what a directory keeps.
 * @param served the release that is served; where it is not in memory, it is read when it is asked for
 */
export function directoryDownloads(directory: string, served: () => Release | Promise<Release>) {
  async function isKept(version: string): Promise<boolean> {
    const pointer = await readDirectoryPointer(directory).catch(() => undefined);
    return pointer !== undefined && [pointer.version, ...pointer.previous].includes(version);
  }
  return {
    current: async () => served(),
    async release(version: string): Promise<Release | undefined> {
      const current = await served();
      if (current.version === version) return current;
      return (await isKept(version)) ? readDirectoryRelease(directory, version) : undefined;
    },
    /** @param name of a file beside the release, never a path from a caller */
    async report(version: string, name: string): Promise<string | undefined> {
      if (!(await isKept(version))) return undefined;
      try {
        return await readFile(join(directory, version, name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new EngineError(`${name} of ${version} cannot be read`, { cause: error });
      }
    },
  };
}
