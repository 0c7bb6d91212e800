import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Engine, EngineError } from '../engine.ts';
import { openIndex } from './open.ts';
import { readNewest } from './store.ts';
import { INDEX_FILE, parseProvenance } from './stored.ts';

/**
 * Opens the index of the release that readers get, without reading the release itself; of the newest one before it where that is
 * damaged, or no index of that release. `undefined` when there is none. @throws EngineError when none can be opened.
 */
export async function openCurrent(directory: string): Promise<{ engine: Engine; warnings: string[] } | undefined> {
  const newest = await readNewest(directory, (version) => openStored(directory, version));
  return newest && { engine: newest.value, warnings: newest.warnings };
}

async function openStored(directory: string, version: string): Promise<Engine> {
  const path = join(directory, version, INDEX_FILE);
  try {
    const [bytes, provenance] = await Promise.all([
      readFile(path),
      readFile(join(directory, version, 'provenance.json'), 'utf8'),
    ]);
    const engine = openIndex(bytes, parseProvenance(provenance));
    const { version: named } = await engine.about();
    if (named !== version) throw new Error(`it is the index of release ${named}`);
    return engine;
  } catch (error) {
    throw new EngineError(`the index ${path} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}
