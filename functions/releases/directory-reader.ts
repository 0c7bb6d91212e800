import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../engine/engine.ts';
import type { Release } from '../model/release.ts';
import { isVersion, parsePointer, parseRelease, type ReleasePointer } from './release-format.ts';

/** The pointer of a directory; `undefined` when nothing was published there. @throws EngineError when it is damaged. */
export async function readDirectoryPointer(directory: string): Promise<ReleasePointer | undefined> {
  const path = join(directory, 'current.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EngineError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return parsePointer(text);
  } catch (error) {
    throw new EngineError(`${path} is damaged; delete it to begin anew`, { cause: error });
  }
}

/** One release of a directory. @throws EngineError when it is not there, damaged, or of another format. */
export async function readDirectoryRelease(directory: string, version: string): Promise<Release> {
  if (!isVersion(version)) throw new EngineError(`there is no release ${JSON.stringify(version.slice(0, 60))}`);
  const folder = join(directory, version);
  try {
    const bytes = await readFile(join(folder, 'release.json'));
    return await parseRelease(version, bytes, await readFile(join(folder, 'provenance.json'), 'utf8'));
  } catch (error) {
    throw new EngineError(`the release in ${folder} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** How often a directory that changes under the reader's hands is read again. */
const MAX_TRIES = 5;

/** The release that readers get, or the newest one before it that can be read; `undefined` when there is none. */
export async function readCurrentRelease(
  directory: string,
): Promise<{ release: Release; warnings: string[] } | undefined> {
  const newest = await readNewestVersion(directory, (version) => readDirectoryRelease(directory, version));
  return newest && { release: newest.value, warnings: newest.warnings };
}

/**
 * What `read` makes of the version that readers get, or of the newest one before it of which it makes something; `undefined` when
 * there is none. @throws EngineError with all that was wrong when none can be read.
 */
export async function readNewestVersion<Value>(
  directory: string,
  read: (version: string) => Promise<Value>,
): Promise<{ value: Value; warnings: string[] } | undefined> {
  for (let left = MAX_TRIES; ; left--) {
    const stamp = await pointerStamp(directory);
    const warnings: string[] = [];
    const pointer = await readDirectoryPointer(directory);
    for (const version of pointer ? [pointer.version, ...pointer.previous] : []) {
      try {
        return { value: await read(version), warnings };
      } catch (error) {
        // Publications in between may have removed what the pointer named.
        if (left > 1 && (await pointerStamp(directory)) !== stamp) break;
        warnings.push((error as Error).message);
      }
    }
    if (left > 1 && (await pointerStamp(directory)) !== stamp) continue;
    if (warnings.length > 0) throw new EngineError(warnings.join('; '));
    return undefined;
  }
}

/** Changes whenever another release becomes current; a cheap look at one file. */
export async function pointerStamp(directory: string): Promise<string> {
  try {
    const { mtimeMs, ino, size } = await stat(join(directory, 'current.json'));
    return `${mtimeMs} ${ino} ${size}`;
  } catch {
    return '';
  }
}
