import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine/engine.ts';
import { type PublishableRelease, releaseParts } from '../model/release.ts';
import { piecesInSlices } from '../model/time-slices.ts';
import { countBranches } from '../model/vendor.ts';
import { createDirectoryReader, directoryFiles, readDirectoryPointer } from './directory-reader.ts';
import { writePieces } from './file-pieces.ts';
import { findPointer } from './find-pointer.ts';
import type { PackIndex } from './index-download.ts';
import { pageIndexFiles, withoutPageIndex } from './page-index.ts';
import {
  findRollback,
  POINTER_FILE,
  pointerAfterPublish,
  pointerText,
  type ReleasePointer,
  retainedVersions,
} from './pointer.ts';
import {
  CONTENT_FILE,
  checksumsOf,
  INDEX_FILE,
  PROVENANCE_FILE,
  provenanceText,
  ROLLED_BACK_FILE,
} from './release-format.ts';
import { unlessUnavailable } from './store-files.ts';
import { readCountedRelease, readWholeRelease } from './whole-release.ts';

/** Younger files are never removed, because another publisher or a reader may be using them. */
const GRACE_MS = 3_600_000;

/** Attempts to publish a release that others remove meanwhile. */
const MAX_ATTEMPTS = 5;
/** What a file system answers when others remove a file or a folder that is being written. */
const REMOVED = new Set(['ENOENT', 'ENOTEMPTY', 'EEXIST']);

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A sink that needs no vendors in memory. */
type DirectorySink = Sink & {
  publish(release: PublishableRelease, files: Files): ReturnType<Sink['publish']>;
};

/**
 * Publishes into a directory ({@link ReleasePointer}). A release's folder is written under a temporary name and renamed when it is
 * complete; the pointer is renamed over the old one last. Readers get a whole release even when a publisher is killed or several
 * publish at the same time; of two, the one that moves the pointer last becomes current.
 * @param pack packs the index for pages; default: in this thread
 */
export function createDirectorySink(directory: string, pack?: PackIndex): DirectorySink {
  return {
    current: () => readDirectoryPointer(directory),
    publish: (release, reports) => wrapErrors(directory, () => publish(directory, release, { reports, pack })),
    text: createDirectoryReader(directory).text,
    rollback: () => wrapErrors(directory, () => rollback(directory)),
  };
}

async function publish(
  directory: string,
  release: PublishableRelease,
  { reports, pack }: { readonly reports: Files; readonly pack: PackIndex | undefined },
): Promise<'published' | 'unchanged'> {
  const { version } = release;
  const { branches = countBranches(release.vendors) } = release;
  const folder = join(directory, version);
  await mkdir(directory, { recursive: true });
  const whole = await readWholeRelease(directoryFiles(directory), version);
  const published = whole && createDirectoryReader(directory);
  const index = await pageIndexFiles(release, branches, { published, pack });
  const files = { ...reports, ...index };
  const current = await latestPointer(directory);
  const isCurrent = current?.pointer.version === version && !current.warning;
  if (isCurrent && whole?.checksums) {
    const checksums = { ...withoutPageIndex(whole.checksums), ...(await checksumsOf(index)) };
    await replaceFiles(folder, { ...index, [PROVENANCE_FILE]: await provenanceText(release, branches, checksums) });
    // Other servers watch the pointer, and must notice that the provenance is newer. Its content may be moved meanwhile.
    const now = new Date();
    await utimes(join(directory, POINTER_FILE), now, now);
    return 'unchanged';
  }
  for (let attempt = 1; ; attempt++) {
    try {
      if (whole && attempt === 1) await replaceReports(directory, release, branches, files);
      else await writeRelease(directory, release, branches, files);
      // Read only now: another publisher may have moved the pointer while the files were written.
      await movePointer(
        directory,
        pointerAfterPublish((await latestPointer(directory))?.pointer, { version, branches }),
      );
      if (attempt === MAX_ATTEMPTS || (await exists(join(folder, CONTENT_FILE)))) break;
    } catch (error) {
      // A publisher with another clock has taken the new files for old ones, and removed them.
      if (attempt === MAX_ATTEMPTS || !REMOVED.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return 'published';
}

async function rollback(directory: string): Promise<PublishedRelease> {
  const pointer = await readDirectoryPointer(directory);
  if (!pointer) throw new EngineError(`${directory} has no releases`);
  const files = directoryFiles(directory);
  const { next } = await findRollback(pointer, directory, (version) => readCountedRelease(files, version));
  // Its folder may be missing, and the pointer names it too.
  await replaceFiles(join(directory, pointer.version), { [ROLLED_BACK_FILE]: `to ${next.version}\n` }).catch(() => {});
  await movePointer(directory, next);
  const { version, branches, refused } = next;
  return { version, branches, refused };
}

/** The pointer; `undefined` also for a damaged one in a store without releases, which the publisher replaces. */
function latestPointer(directory: string) {
  return findPointer(directoryFiles(directory)).catch(unlessUnavailable);
}

/** Replaces everything that was published with a release, except the release. */
async function replaceReports(
  directory: string,
  release: PublishableRelease,
  branches: number,
  files: Files,
): Promise<void> {
  const folder = join(directory, release.version);
  const provenance = await provenanceText(release, branches, await checksumsOf(files));
  await replaceFiles(folder, { ...files, [PROVENANCE_FILE]: provenance });
  await rm(join(folder, ROLLED_BACK_FILE), { force: true });
}

/** Writes a release's folder under a temporary name and renames it when it is complete. */
async function writeRelease(
  directory: string,
  release: PublishableRelease,
  branches: number,
  files: Files,
): Promise<void> {
  const { version } = release;
  const draft = join(directory, `.draft-${randomBytes(6).toString('hex')}`);
  const folder = join(directory, version);
  const others = {
    [INDEX_FILE]: indexFileOf(release),
    ...files,
    [PROVENANCE_FILE]: await provenanceText(release, branches, await checksumsOf(files)),
  };
  try {
    await mkdir(draft);
    await writePieces(join(draft, CONTENT_FILE), piecesInSlices(releaseParts(release)));
    for (const [name, bytes] of Object.entries(others)) await writeFile(join(draft, name), bytes, { flush: true });
    // A folder of that name is damaged, or another publisher has just written it.
    if ((await exists(folder)) && !(await isWhole(directory, version))) {
      await rename(folder, join(directory, `.damaged-${randomBytes(6).toString('hex')}`));
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await isWhole(directory, version))) throw error;
  }
}

async function movePointer(directory: string, pointer: ReleasePointer): Promise<void> {
  await replaceFiles(directory, { [POINTER_FILE]: await pointerText(pointer) });
  // The release is published already, and the next publication removes what is left.
  await removeUnneeded(directory, new Set([POINTER_FILE, ...retainedVersions(pointer)])).catch(() => {});
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
    // A file from the future was written before the clock was set back.
    if (Math.abs(age) > GRACE_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Whether a sink wrote it: a release, a remnant of one, or a pointer that was not renamed. */
async function isOurs(path: string, name: string): Promise<boolean> {
  return /^(\.draft-|\.damaged-|current\.json\.)[\da-f]{12}$/.test(name) || exists(join(path, CONTENT_FILE));
}

async function isWhole(directory: string, version: string): Promise<boolean> {
  return (await readWholeRelease(directoryFiles(directory), version)) !== undefined;
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
