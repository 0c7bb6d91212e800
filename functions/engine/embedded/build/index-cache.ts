import type { PublishableRelease, Release } from '../../../model/release.ts';
import { countBranches } from '../../../model/vendor.ts';
import { buildIndex } from './index-builder.ts';

/** A server both publishes a release and searches it. Building the index of a large city takes seconds, so it is built once. */
const files = new WeakMap<PublishableRelease, Uint8Array<ArrayBuffer>>();

/** The index file of a release in memory. Callers share it and must not change it. */
export function indexFileOf(release: PublishableRelease): Uint8Array<ArrayBuffer> {
  const file = files.get(release) ?? buildIndex(release);
  files.set(release, file);
  return file;
}

/** The index file of a release in memory, with what opening it needs. */
export function releaseIndexOf(release: Release) {
  const { version, origin, asOf, sources, vendors } = release;
  return { version, origin, asOf, sources, branches: countBranches(vendors), index: indexFileOf(release) };
}

/** Caches the file that `buildIndex` has built for this release in another thread. */
export function cacheIndexFile(release: PublishableRelease, file: Uint8Array<ArrayBuffer>): void {
  files.set(release, file);
}
