import type { PublishableRelease, Release } from '../../../model/release.ts';
import { countBranches } from '../../../model/vendor.ts';
import { buildIndex } from './index-builder.ts';

type CachedFile = {
  readonly release: PublishableRelease;
  readonly file: Uint8Array<ArrayBuffer>;
};

/**
 * A server both publishes a release and searches it. Building the index of a large city takes seconds, so it is built once. The key is the
 * list of vendors, which a release with another provenance shares.
 */
const files = new WeakMap<PublishableRelease['vendors'], CachedFile>();

/** The index file of a release in memory. Callers share it and must not change it. */
export function indexFileOf(release: PublishableRelease): Uint8Array<ArrayBuffer> {
  const known = files.get(release.vendors);
  if (known && isSameContent(known.release, release)) return known.file;
  const file = buildIndex(release);
  cacheIndexFile(release, file);
  return file;
}

/** The index file of a release in memory, with what opening it needs. */
export function releaseIndexOf(release: Release) {
  const { version, origin, asOf, sources, vendors } = release;
  return { version, origin, asOf, sources, branches: countBranches(vendors), index: indexFileOf(release) };
}

/** Caches a file that `buildIndex` has built for this release, in another thread or before it was stored. */
export function cacheIndexFile(release: PublishableRelease, file: Uint8Array<ArrayBuffer>): void {
  files.set(release.vendors, { release, file });
}

function isSameContent(a: PublishableRelease, b: PublishableRelease): boolean {
  return a.version === b.version && a.city === b.city && a.accounts === b.accounts;
}
