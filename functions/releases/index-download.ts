import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packIndex } from '../engine/embedded/transport/pack-index.ts';
import type { Provenance } from '../model/release.ts';
import { MOST_BRANCHES } from '../model/site-release.ts';

/** A release's index file, with what opening it needs. */
export type ReleaseIndex = Provenance & {
  readonly version: string;
  readonly branches: number;
  readonly index: Uint8Array<ArrayBuffer>;
};

/** A release's index as pages download it. */
export type IndexDownload = {
  readonly version: string;
  /** Ends with a hash of the bytes: the same data has another index after a change of the program, and a file never changes under its name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly provenance: Provenance;
};

/** `undefined` if the release is too large for pages that search it themselves. */
export async function indexDownload({
  version,
  branches,
  index,
  origin,
  asOf,
  sources,
}: ReleaseIndex): Promise<IndexDownload | undefined> {
  if (branches > MOST_BRANCHES) return undefined;
  // The blocks of this memory level fit the parts of an index best: 52 kB of a city instead of 56 at the default level (2026-11-27).
  const bytes = await promisify(gzip)(packIndex(index), { level: 9, memLevel: 4 });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return { version, name: `index-${hash}.bin.gz`, bytes, provenance: { origin, asOf, sources } };
}
