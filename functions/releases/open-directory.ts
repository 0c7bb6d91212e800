import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../engine/engine.ts';
import { readDirectoryRelease, readNewestVersion } from './directory-reader.ts';
import { type LoadedRelease, openOrBuild } from './open-release.ts';
import { INDEX_FILE, parseProvenance } from './release-format.ts';

/**
 * Opens the release that readers get by its index, without reading its content; of the newest one before it where neither index
 * nor content can be read. `undefined` when there is none. @throws EngineError when none can be opened.
 */
export async function openCurrentRelease(
  directory: string,
): Promise<(LoadedRelease & { warnings: string[] }) | undefined> {
  const rebuilt: string[] = [];
  const newest = await readNewestVersion(directory, (version) =>
    openStored(directory, version, (sentence) => rebuilt.push(sentence)),
  );
  return newest && { ...newest.value, warnings: [...rebuilt, ...newest.warnings] };
}

async function openStored(
  directory: string,
  version: string,
  warn: (sentence: string) => void,
): Promise<LoadedRelease> {
  const path = join(directory, version, INDEX_FILE);
  const provenancePath = join(directory, version, 'provenance.json');
  try {
    const [index, provenance] = await Promise.all([
      readFile(path).catch((error: Error) => error),
      readFile(provenancePath, 'utf8'),
    ]);
    return await openOrBuild({
      version,
      provenance: parseProvenance(provenance),
      index: async () => {
        if (index instanceof Error) throw index;
        return index;
      },
      release: () => readDirectoryRelease(directory, version),
      warn: (sentence) => warn(`${path}: ${sentence}`),
    });
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(`${provenancePath} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
