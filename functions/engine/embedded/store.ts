import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Provenance, RELEASE_FORMAT, type Release, type ReleaseContent } from '../../model/release.ts';
import { EngineError, type Published } from '../engine.ts';

/**
 * A directory of releases:
 *
 * - `current.json`: which version readers get, and which ones before it are kept ({@link Pointer})
 * - `<version>/release.json`: the content; the version ends with the first digits of its SHA-256
 * - `<version>/provenance.json`: where and when it was read
 * - whatever else was published with it, such as `<version>/quality.json`
 */
export type Pointer = Published & {
  /** Versions that are kept to go back to, newest first. */
  readonly previous: readonly string[];
};

/** The pointer of a directory; `undefined` when nothing was published there. @throws EngineError when it is damaged. */
export async function readPointer(directory: string): Promise<Pointer | undefined> {
  const path = join(directory, 'current.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EngineError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    const { version, branches, previous, refused } = JSON.parse(text) as Pointer;
    if (![version, ...previous, ...refused].every(isVersion)) throw new Error('it names no version');
    if (!Number.isSafeInteger(branches)) throw new Error('it has no number of branches');
    return { version, branches, previous, refused };
  } catch (error) {
    throw new EngineError(`${path} is damaged; delete it to begin anew`, { cause: error });
  }
}

/** A version is a folder's name, and never a way out of the directory. */
function isVersion(text: unknown): text is string {
  return typeof text === 'string' && /^\w[\w.-]*$/.test(text);
}

/** One release of a directory. @throws EngineError when it is not there, damaged, or of another format. */
export async function readStored(directory: string, version: string): Promise<Release> {
  const folder = join(directory, version);
  try {
    const bytes = await readFile(join(folder, 'release.json'));
    const content = JSON.parse(bytes.toString('utf8')) as Omit<ReleaseContent, 'version'>;
    if (content.format !== RELEASE_FORMAT) {
      throw new Error(`it is a release of format ${String(content.format)}, and this program reads ${RELEASE_FORMAT}`);
    }
    if (!version.endsWith(`-${contentHash(bytes)}`)) throw new Error('its content is not the one that was published');
    const provenance = JSON.parse(await readFile(join(folder, 'provenance.json'), 'utf8')) as Provenance;
    if (!Array.isArray(provenance.sources)) throw new Error('its provenance names no sources');
    return { ...content, version, ...provenance };
  } catch (error) {
    throw new EngineError(`the release in ${folder} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** What a version ends with: 48 bits of the SHA-256 of the content's text. */
export function contentHash(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** How often a directory that changes under the reader's hands is read again. */
const MAX_TRIES = 5;

/** The release that readers get, or the newest one before it that can be read; `undefined` when there is none. */
export async function readCurrent(directory: string): Promise<{ release: Release; warnings: string[] } | undefined> {
  for (let left = MAX_TRIES; ; left--) {
    const stamp = await pointerStamp(directory);
    const warnings: string[] = [];
    const pointer = await readPointer(directory);
    for (const version of pointer ? [pointer.version, ...pointer.previous] : []) {
      try {
        return { release: await readStored(directory, version), warnings };
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
