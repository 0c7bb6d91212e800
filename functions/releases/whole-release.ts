import { StoreUnavailableError } from '../engine/engine.ts';
import { openReleaseIndex } from './open-release.ts';
import { INDEX_FILE, type StoredProvenance } from './release-format.ts';
import { createReleaseReader, readProvenance } from './release-reader.ts';
import { readExisting, type StoreFiles } from './store-files.ts';

/**
 * The provenance of a release whose files are all as they were published; `undefined` when one of them is missing, damaged or of
 * another format. @throws StoreUnavailableError
 */
export async function readWholeRelease(files: StoreFiles, version: string): Promise<StoredProvenance | undefined> {
  const reader = createReleaseReader(files);
  try {
    const release = await reader.release(version);
    await openReleaseIndex(version, await readExisting(files, `${version}/${INDEX_FILE}`), release);
    const provenance = await readProvenance(files, version);
    for (const name of Object.keys(provenance.checksums ?? {})) await reader.text(version, name);
    return provenance;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    return undefined;
  }
}
