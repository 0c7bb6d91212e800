import { indexedRelease } from '../engine/embedded/file/indexed-release.ts';
import { countBranches } from '../model/vendor.ts';
import type { CountedRelease } from './pointer.ts';
import { INDEX_FILE, type StoredProvenance } from './release-format.ts';
import { createReleaseReader, readProvenance, visitRelease } from './release-reader.ts';
import { readExisting, type StoreFiles, unlessUnavailable } from './store-files.ts';

/**
 * The provenance of a release whose files are all as they were published; `undefined` when one of them is missing, damaged or of
 * another format. @throws StoreUnavailableError
 */
export async function readWholeRelease(files: StoreFiles, version: string): Promise<StoredProvenance | undefined> {
  const reader = createReleaseReader(files);
  try {
    // Not parsed: its hash shows that it is what was published.
    await reader.content(version, {});
    const index = indexedRelease(await readExisting(files, `${version}/${INDEX_FILE}`));
    if (index !== version) throw new Error(`it has the index of release ${index}`);
    const provenance = await readProvenance(files, version);
    for (const name of Object.keys(provenance.checksums ?? {})) await reader.file(version, name);
    return provenance;
  } catch (error) {
    return unlessUnavailable(error);
  }
}

/** Reads the content of a release. @throws EngineError when the release is missing, damaged, of another format, or cannot be read */
export async function readCountedRelease(files: StoreFiles, version: string): Promise<CountedRelease> {
  let branches = 0;
  const { origin, asOf, sources } = await visitRelease(files, version, {
    vendors: (vendors) => {
      branches += countBranches(vendors);
    },
  });
  return { origin, asOf, sources, branches };
}
