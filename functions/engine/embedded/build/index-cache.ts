import type { Release } from '../../../model/release.ts';
import { buildIndex } from './index-builder.ts';

/** A server publishes a release and searches it, and of a large city building takes seconds: once is enough. */
const files = new WeakMap<Release, Uint8Array<ArrayBuffer>>();

/** The index file of a release that is in memory. It is shared: nobody may change it. */
export function indexFileOf(release: Release): Uint8Array<ArrayBuffer> {
  const file = files.get(release) ?? buildIndex(release);
  files.set(release, file);
  return file;
}

/** Takes the file that `buildIndex` has made of this release in another thread. */
export function cacheIndexFile(release: Release, file: Uint8Array<ArrayBuffer>): void {
  files.set(release, file);
}
