import { openIndex } from '../engine/embedded/engine.ts';
import type { Engine, EngineInfo } from '../engine/engine.ts';
import type { Provenance, Release } from '../model/release.ts';

/** A release that is answered from: its index file, and what is known of it without its content in memory. */
export type LoadedRelease = {
  readonly engine: Engine;
  readonly about: EngineInfo;
  readonly index: Uint8Array<ArrayBuffer>;
};

/** @throws Error when the bytes are no index, damaged, or of another release */
export async function openReleaseIndex(
  version: string,
  index: Uint8Array<ArrayBuffer>,
  { origin, asOf, sources }: Provenance,
): Promise<LoadedRelease> {
  const engine = openIndex(index, { origin, asOf, sources });
  const about = await engine.about();
  if (about.version !== version) throw new Error(`it is the index of release ${about.version}`);
  return { engine, about, index };
}

export type ReleaseFiles = {
  readonly version: string;
  readonly provenance: Provenance;
  /** `undefined` when there is none. */
  readonly index: () => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The content that the index was made of. */
  readonly release: () => Promise<Release>;
  /** Hears why an index could not be used. */
  readonly warn: (sentence: string) => void;
};

/**
 * Opens the index that was published with a release. Where that is missing, damaged, of another format or release, it is made anew
 * of the content, which takes longer and is said. @throws EngineError when that cannot be read either
 */
export async function openOrBuild({ version, provenance, index, release, warn }: ReleaseFiles): Promise<LoadedRelease> {
  try {
    const bytes = await index();
    if (!bytes) throw new Error('it is not there');
    return await openReleaseIndex(version, bytes, provenance);
  } catch (error) {
    warn(`the index of release ${version} cannot be opened and is made anew: ${(error as Error).message}`);
  }
  const content = await release();
  // Who can open an index never loads what makes one.
  const { buildIndex } = await import('../engine/embedded/build/index-builder.ts');
  return openReleaseIndex(version, buildIndex(content), provenance);
}
