import { EngineError } from '../engine/engine.ts';
import type { Release } from '../model/release.ts';
import type { Bucket } from './s3-client.ts';
import { FOLDER, readS3Pointer, readS3Release } from './s3-reader.ts';

/**
 * The releases of a bucket that can be downloaded: the one that is served, also when it was never published, and what is kept.
 * @param served the release that is served; where it is not in memory, it is read when it is asked for
 */
export function s3Downloads(bucket: Bucket, served: () => Release | Promise<Release>) {
  async function isKept(version: string): Promise<boolean> {
    const read = await readS3Pointer(bucket).catch(() => undefined);
    if (!read || read === 'unchanged') return false;
    return [read.pointer.version, ...read.pointer.previous].includes(version);
  }
  return {
    current: async () => served(),
    async release(version: string): Promise<Release | undefined> {
      const current = await served();
      if (current.version === version) return current;
      return (await isKept(version)) ? readS3Release(bucket, version) : undefined;
    },
    /** @param name of a file beside the release, never a path from a caller */
    async report(version: string, name: string): Promise<string | undefined> {
      if (!(await isKept(version))) return undefined;
      try {
        const stored = await bucket.get(`${FOLDER}/${version}/${name}`);
        return stored && stored !== 'unchanged' ? new TextDecoder().decode(stored.bytes) : undefined;
      } catch (error) {
        throw new EngineError(`${name} of ${version} cannot be read`, { cause: error });
      }
    },
  };
}
