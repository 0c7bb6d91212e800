import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine/engine.ts';
import { type Release, releaseText } from '../model/release.ts';
import { readDirectoryPointer, readDirectoryRelease } from './directory-reader.ts';
import {
  findRollback,
  POINTER_FILE,
  pointerAfterPublish,
  pointerText,
  type ReleasePointer,
  retainedVersions,
} from './pointer.ts';
import { INDEX_FILE, provenanceText } from './release-format.ts';

/** Younger files are never removed, because another publisher or a reader may be using them. */
const GRACE_MS = 3_600_000;

type Files = Readonly<Record<string, string>>;

/**
 * Publishes into a directory ({@link ReleasePointer}). A release's folder is written under a temporary name and renamed when it is
 * complete; the pointer is renamed over the old one last. Readers get a whole release even when a publisher is killed or several
 * publish at the same time; of two, the one that moves the pointer last becomes current.
 */
export function createDirectorySink(directory: string): Sink {
  return {
    current: () => readDirectoryPointer(directory),
    publish: (release, files) => wrapErrors(directory, () => publish(directory, release, files)),
    rollback: () => wrapErrors(directory, () => rollback(directory)),
  };
}

async function publish(directory: string, release: Release, files: Files): Promise<'published' | 'unchanged'> {
  const { version } = release;
  await mkdir(directory, { recursive: true });
  const provenance = { 'provenance.json': provenanceText(release) };
  if (await isReadable(directory, version)) {
    await replaceFiles(join(directory, version), provenance);
    const pointer = await readDirectoryPointer(directory);
    if (pointer?.version === version) {
      // Other servers watch the pointer, and must notice that the provenance is newer. Its content may be moved meanwhile.
      const now = new Date();
      await utimes(join(directory, POINTER_FILE), now, now);
      return 'unchanged';
    }
    await replaceFiles(join(directory, version), files);
  } else {
    const content = { 'release.json': releaseText(release), [INDEX_FILE]: indexFileOf(release) };
    await writeRelease(directory, version, { ...content, ...provenance, ...files });
  }
  // Read only now: another publisher may have moved the pointer while the files were written.
  const latest = await readDirectoryPointer(directory);
  await movePointer(directory, pointerAfterPublish(latest, release));
  return 'published';
}

async function rollback(directory: string): Promise<PublishedRelease> {
  const pointer = await readDirectoryPointer(directory);
  if (!pointer) throw new EngineError(`${directory} has no releases`);
  const { next } = await findRollback(pointer, directory, (version) => readDirectoryRelease(directory, version));
  await movePointer(directory, next);
  const { version, branches, refused } = next;
  return { version, branches, refused };
}

/** Writes a release's folder under a temporary name and renames it when it is complete. */
async function writeRelease(
  directory: string,
  version: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const draft = join(directory, `.draft-${randomBytes(6).toString('hex')}`);
  const folder = join(directory, version);
  try {
    await mkdir(draft);
    for (const [name, content] of Object.entries(files)) await writeFile(join(draft, name), content, { flush: true });
    // A folder of that name is damaged, or another publisher has just written it.
    if ((await exists(folder)) && !(await isReadable(directory, version))) {
      await rename(folder, join(directory, `.damaged-${randomBytes(6).toString('hex')}`));
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await isReadable(directory, version))) throw error;
  }
}

async function movePointer(directory: string, pointer: ReleasePointer): Promise<void> {
  await replaceFiles(directory, { [POINTER_FILE]: pointerText(pointer) });
  await removeUnneeded(directory, new Set([POINTER_FILE, ...retainedVersions(pointer)]));
}

async function removeUnneeded(directory: string, needed: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (needed.has(entry.name) || !(await isOurs(path, entry.name))) continue;
    // Another publisher may have removed it since the directory was listed.
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > GRACE_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Whether a sink wrote it: a release, a remnant of one, or a pointer that was not renamed. */
async function isOurs(path: string, name: string): Promise<boolean> {
  return /^(\.draft-|\.damaged-|current\.json\.)[\da-f]{12}$/.test(name) || exists(join(path, 'release.json'));
}

async function isReadable(directory: string, version: string): Promise<boolean> {
  return readDirectoryRelease(directory, version).then(
    () => true,
    () => false,
  );
}

/** Replaces files one by one; each rename is atomic. */
async function replaceFiles(folder: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      await writeFile(draft, text, { flush: true });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function wrapErrors<Value>(directory: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(`cannot write releases to ${directory}: ${(error as Error).message}`, { cause: error });
  }
}
