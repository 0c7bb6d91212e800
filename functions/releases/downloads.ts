import { StoreUnavailableError } from '../engine/engine.ts';
import type { Release } from '../model/release.ts';
import { publishedVersions } from './pointer.ts';
import type { ReleaseReader } from './release-reader.ts';

/**
 * The releases that can be downloaded: the one that is served, even when it was never published, and those that the store keeps.
 * @param served the release that is served; when it is not in memory, this reads it
 */
export function createReleaseDownloads(reader: ReleaseReader, served: () => Release | Promise<Release>) {
  async function isPublished(version: string): Promise<boolean> {
    const pointer = await reader.pointer().catch((error: unknown) => {
      if (error instanceof StoreUnavailableError) throw error;
      return undefined;
    });
    return publishedVersions(pointer).includes(version);
  }
  return {
    current: async () => served(),
    async release(version: string): Promise<Release | undefined> {
      const current = await served();
      if (current.version === version) return current;
      return (await isPublished(version)) ? reader.release(version) : undefined;
    },
    /** A file that was published with a release. @param name never a path from a caller @throws EngineError */
    async report(version: string, name: string): Promise<string | undefined> {
      return (await isPublished(version)) ? reader.text(version, name) : undefined;
    },
  };
}
