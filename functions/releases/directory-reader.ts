import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../engine/engine.ts';
import type { Provenance, Release } from '../model/release.ts';
import { POINTER_FILE, parsePointer, publishedVersions, type ReleasePointer } from './pointer.ts';
import { INDEX_FILE, isVersion, parseProvenance, parseRelease } from './release-format.ts';
import type { ReleaseReader } from './release-reader.ts';

export function createDirectoryReader(directory: string): ReleaseReader {
  return {
    pointer: () => readDirectoryPointer(directory),
    release: (version) => readDirectoryRelease(directory, version),
    provenance: (version) => readProvenance(join(directory, version, 'provenance.json')),
    index: (version) => readFile(join(directory, version, INDEX_FILE)),
    text: (version, name) => readText(directory, version, name),
  };
}

/** The pointer of a directory; `undefined` before the first publication. @throws EngineError when it is damaged. */
export async function readDirectoryPointer(directory: string): Promise<ReleasePointer | undefined> {
  const path = join(directory, POINTER_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new EngineError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    return parsePointer(text);
  } catch (error) {
    throw new EngineError(`${path} is damaged; delete it to start over`, { cause: error });
  }
}

/** One release of a directory. @throws EngineError when it is missing, damaged, or of another format. */
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

/** Attempts to read a directory that publishers change at the same time. */
const MAX_ATTEMPTS = 5;

/** The current release, or the newest previous one that can be read; `undefined` before the first publication. */
export async function readCurrentRelease(
  directory: string,
): Promise<{ release: Release; warnings: string[] } | undefined> {
  const newest = await readNewestVersion(directory, (version) => readDirectoryRelease(directory, version));
  return newest && { release: newest.value, warnings: newest.warnings };
}

/**
 * Calls `read` with the current version, and with previous ones, newest first, until it succeeds; `undefined` before the first
 * publication. The warnings say why newer versions failed. @throws EngineError with all the reasons when every version fails.
 */
export async function readNewestVersion<Value>(
  directory: string,
  read: (version: string) => Promise<Value>,
): Promise<{ value: Value; warnings: string[] } | undefined> {
  for (let attempt = 1; ; attempt++) {
    const stamp = await pointerStamp(directory);
    const isOutdated = async () => attempt < MAX_ATTEMPTS && (await pointerStamp(directory)) !== stamp;
    const warnings: string[] = [];
    for (const version of publishedVersions(await readDirectoryPointer(directory))) {
      try {
        return { value: await read(version), warnings };
      } catch (error) {
        // A publication since then may have removed the version.
        if (await isOutdated()) break;
        warnings.push((error as Error).message);
      }
    }
    if (await isOutdated()) continue;
    if (warnings.length > 0) throw new EngineError(warnings.join('; '));
    return undefined;
  }
}

/** A text that changes whenever another release becomes current, or the current one is read again; it costs one `stat`. */
export async function pointerStamp(directory: string): Promise<string> {
  try {
    const { mtimeMs, ino, size } = await stat(join(directory, POINTER_FILE));
    return `${mtimeMs} ${ino} ${size}`;
  } catch {
    return '';
  }
}

async function readProvenance(path: string): Promise<Provenance> {
  try {
    return parseProvenance(await readFile(path, 'utf8'));
  } catch (error) {
    throw new EngineError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function readText(directory: string, version: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(directory, version, name), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new EngineError(`${name} of ${version} cannot be read`, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
