import { join } from 'node:path';
import { openIndex } from '../engine/embedded/engine.ts';
import { type Engine, EngineError, type EngineInfo, StoreUnavailableError } from '../engine/engine.ts';
import type { Provenance } from '../model/release.ts';
import { createDirectoryReader, directoryFiles } from './directory-reader.ts';
import { readNewestVersion } from './newest-release.ts';
import { INDEX_FILE } from './release-format.ts';
import type { ReleaseReader } from './release-reader.ts';

/** A release that can be searched, without its content in memory. */
export type LoadedRelease = {
  readonly engine: Engine;
  readonly about: EngineInfo;
  /** The bytes of its index file. */
  readonly index: Uint8Array<ArrayBuffer>;
};

/** @throws Error when the bytes are not an index, damaged, or of another release */
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

/**
 * Opens a release by its index file, without reading its content. When the file is missing, damaged, or of another format or
 * release, the index is rebuilt from the content, which takes longer.
 * @param warn is called with the reason for a rebuild
 * @throws EngineError when the content cannot be read either
 */
export async function openRelease(
  reader: Pick<ReleaseReader, 'provenance' | 'index' | 'content'>,
  version: string,
  warn: (sentence: string) => void,
): Promise<LoadedRelease> {
  const [index, provenance] = await Promise.all([
    reader.index(version).catch((error: Error) => error),
    reader.provenance(version),
  ]);
  try {
    if (!index) throw new Error('it is not there (no such file)');
    if (index instanceof Error) throw index;
    return await openReleaseIndex(version, index, provenance);
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    warn(`the index of release ${version} cannot be opened and is rebuilt: ${(error as Error).message}`);
  }
  return openReleaseIndex(version, await rebuildIndex(reader, version), provenance);
}

/** Builds the index vendor by vendor while the content is read, so that the vendors are never in memory together. */
async function rebuildIndex(reader: Pick<ReleaseReader, 'content'>, version: string): Promise<Uint8Array<ArrayBuffer>> {
  // Imported here, because opening an index does not need the builder.
  const { IndexBuilder } = await import('../engine/embedded/build/index-builder.ts');
  let builder: InstanceType<typeof IndexBuilder> | undefined;
  await reader.content(version, {
    head: (content) => {
      builder = new IndexBuilder(content);
    },
    vendors: (vendors) => {
      for (const vendor of vendors) builder?.add(vendor);
    },
  });
  if (!builder) throw new EngineError(`release ${version} has no content`);
  return new Uint8Array(builder.finish());
}

/**
 * Opens the current release of a directory, or the newest other one that can be opened; `undefined` before the first
 * publication. @throws EngineError when none can be opened.
 */
export async function openCurrentRelease(
  directory: string,
): Promise<(LoadedRelease & { warnings: string[] }) | undefined> {
  const reader = createDirectoryReader(directory);
  const rebuilds: string[] = [];
  const newest = await readNewestVersion(directoryFiles(directory), (version) =>
    openRelease(reader, version, (sentence) => {
      rebuilds.push(`${join(directory, version, INDEX_FILE)}: ${sentence}`);
    }),
  );
  return newest && { ...newest.value, warnings: [...rebuilds, ...newest.warnings] };
}
