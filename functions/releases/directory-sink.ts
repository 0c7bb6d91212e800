import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine/engine.ts';
import { type Release, releaseText } from '../model/release.ts';
import { readDirectoryPointer, readDirectoryRelease } from './directory-reader.ts';
import { INDEX_FILE, type ReleasePointer } from './release-format.ts';

/** Releases kept beside the current one, to go back to. */
const KEPT = 2;

/** Versions that were rolled back from and are remembered; of the last one the files stay too, for whoever asks why. */
const REMEMBERED = 10;

/** What is younger belongs to a publisher or a reader that is at work, whatever the pointer says. */
const GRACE_MS = 3_600_000;

type Files = Readonly<Record<string, string>>;

/**
 * Publishes into a directory ({@link ReleasePointer}). A release's folder is written under another name and renamed when it is whole;
 * the pointer is renamed over the old one last. Killed at any moment, and with several publishers at once, readers have a whole
 * release; of two at once the last one's is current.
 */
export function createDirectorySink(directory: string): Sink {
  return {
    current: () => readDirectoryPointer(directory),
    publish: (release, files) => wrapped(directory, () => publish(directory, release, files)),
    rollback: () => wrapped(directory, () => rollback(directory)),
  };
}

async function publish(directory: string, release: Release, files: Files): Promise<'published' | 'unchanged'> {
  const { version, origin, asOf, sources } = release;
  await mkdir(directory, { recursive: true });
  const before = await readDirectoryPointer(directory);
  const isThere = await isWhole(directory, version);
  const beside = { 'provenance.json': `${JSON.stringify({ origin, asOf, sources }, null, 2)}\n` };
  if (isThere) {
    const isCurrent = before?.version === version;
    const changed: Files = isCurrent ? beside : { ...beside, ...files };
    for (const [name, text] of Object.entries(changed)) await replace(join(directory, version, name), text);
    if (isCurrent) return 'unchanged';
  } else {
    const own = { 'release.json': releaseText(release), [INDEX_FILE]: indexFileOf(release) };
    await place(directory, version, { ...own, ...beside, ...files });
  }
  // Read again: another publisher may have been faster.
  const latest = await readDirectoryPointer(directory);
  const previous = latest ? [latest.version, ...latest.previous] : [];
  await point(directory, {
    version,
    branches: countBranches(release),
    previous: previous.filter((one) => one !== version).slice(0, KEPT),
    refused: (latest?.refused ?? []).filter((one) => one !== version).slice(0, REMEMBERED),
  });
  return 'published';
}

/** Writes a release's folder under another name, whole, and renames it. */
async function place(
  directory: string,
  version: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const draft = join(directory, `.draft-${randomBytes(6).toString('hex')}`);
  const folder = join(directory, version);
  try {
    await mkdir(draft);
    for (const [name, content] of Object.entries(files)) await writeFile(join(draft, name), content, { flush: true });
    // Whatever has the name already is damaged, or comes from another publisher at this very moment.
    if ((await exists(folder)) && !(await isWhole(directory, version))) {
      await rename(folder, join(directory, `.damaged-${randomBytes(6).toString('hex')}`));
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await isWhole(directory, version))) throw error;
  }
}

async function rollback(directory: string): Promise<PublishedRelease> {
  const pointer = await readDirectoryPointer(directory);
  if (!pointer) throw new EngineError(`${directory} has no releases`);
  const damaged: string[] = [];
  for (const [at, version] of pointer.previous.entries()) {
    try {
      const branches = countBranches(await readDirectoryRelease(directory, version));
      const refused = [...new Set([pointer.version, ...pointer.refused])].filter((one) => one !== version);
      await point(directory, { version, branches, previous: pointer.previous.slice(at + 1), refused });
      return { version, branches, refused };
    } catch (error) {
      damaged.push(`; ${(error as Error).message}`);
    }
  }
  throw new EngineError(`${directory} has no release before ${pointer.version}${damaged.join('')}`);
}

/** Moves the pointer, then removes what it no longer needs. */
async function point(directory: string, pointer: ReleasePointer): Promise<void> {
  await replace(join(directory, 'current.json'), `${JSON.stringify(pointer, null, 2)}\n`);
  const needed = new Set(['current.json', pointer.version, ...pointer.previous, ...pointer.refused.slice(0, 1)]);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (needed.has(entry.name) || !(await isOurs(path, entry.name))) continue;
    // Of two publishers that clean up at once, one comes too late.
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > GRACE_MS) await rm(path, { recursive: true, force: true });
  }
}

/** Only what a sink made is removed: a release, what was left of one, and a pointer that was not renamed. */
async function isOurs(path: string, name: string): Promise<boolean> {
  return /^(\.draft-|\.damaged-|current\.json\.)[\da-f]{12}$/.test(name) || exists(join(path, 'release.json'));
}

async function isWhole(directory: string, version: string): Promise<boolean> {
  return readDirectoryRelease(directory, version).then(
    () => true,
    () => false,
  );
}

async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, text, { flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function countBranches({ vendors }: Release): number {
  return vendors.reduce((sum, { branches }) => sum + branches.length, 0);
}

async function wrapped<Value>(directory: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(`cannot write releases to ${directory}: ${(error as Error).message}`, { cause: error });
  }
}
