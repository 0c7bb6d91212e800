import { indexedRelease } from '../engine/embedded/file/indexed-release.ts';
import { INDEX_FILE, type StoredProvenance } from './release-format.ts';
import { createReleaseReader, readProvenance } from './release-reader.ts';
import { readExisting, type StoreFiles, unlessUnavailable } from './store-files.ts';

/**
 * The provenance of a release whose files are all as they were published; `undefined` when one of them is missing, damaged or of
 * another format. @throws StoreUnavailableError
 */
export async function readWholeRelease(files: StoreFiles, version: string): Promise<StoredProvenance | undefined> {
  const reader = createReleaseReader(files);
  try {
    await reader.release(version);
    const index = indexedRelease(await readExisting(files, `${version}/${INDEX_FILE}`));
    if (index !== version) throw new Error(`it has the index of release ${index}`);
    const provenance = await readProvenance(files, version);
    for (const name of Object.keys(provenance.checksums ?? {})) await reader.text(version, name);
    return provenance;
  } catch (error) {
    return unlessUnavailable(error);
  }
}
