import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from '../../model/release.ts';
import type { Engine } from '../engine.ts';
import { openIndex } from './open.ts';
import { openEmbedded } from './search.ts';
import { INDEX_FILE } from './stored.ts';

/**
 * The engine over a release and the index file that was published with it. Where that is missing, damaged, or made by another
 * program or of another release, it is made anew.
 */
export async function openBuilt(release: Release, index: Uint8Array | undefined): Promise<Engine> {
  if (!index) return openEmbedded(release);
  const { origin, asOf, sources } = release;
  try {
    // Copied, because its numbers are read in place and must begin at a multiple of their size.
    const engine = openIndex(new Uint8Array(index), { origin, asOf, sources });
    if ((await engine.about()).version === release.version) return engine;
  } catch {
    // The release itself is whole: its content was compared with its name.
  }
  return openEmbedded(release);
}

/** The index file of a directory's release, `undefined` when it has none. */
export async function readIndexFile(directory: string, version: string): Promise<Uint8Array | undefined> {
  return readFile(join(directory, version, INDEX_FILE)).catch(() => undefined);
}
