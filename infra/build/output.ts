import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Files } from './files.ts';

/** What a build directory contains, and the fingerprint of the sources it was built from; `null`: not all of it is from them. */
type Manifest = { readonly inputs: string | null; readonly files: readonly string[] };

const MANIFEST = 'meta/build.json';

/** A server loads chunks long after its start, so those of earlier builds stay this long after the build that replaced them. */
const RETENTION_MS = 24 * 60 * 60 * 1000;

/** Named by its content: such a file never changes. */
const HASHED = /(^|\/)(chunks|assets)\/.+-[0-9A-Z]{8}\./;

/** Hashed files that a running server, or a page that it served, may still load. Lambda packages are uploaded whole and keep none. */
const RETAINED = /^(chunks|web\/assets)\//;

/** Whether a directory holds the complete build of these inputs. */
export async function isBuilt(directory: string, inputs: string): Promise<boolean> {
  const manifest = await readManifest(directory);
  if (manifest.inputs !== inputs) return false;
  const present = new Set(await pathsBelow(directory, manifest.files));
  return manifest.files.every((path) => present.has(path));
}

/**
 * Puts files into a build directory without disturbing the processes that run from it: each file is replaced in one step, after
 * the files that it refers to.
 */
export async function writeOutput(directory: string, files: Files): Promise<void> {
  const { files: listed } = await readManifest(directory);
  // An interrupted build must not pass for the previous one.
  await writeManifest(directory, { inputs: null, files: [...new Set([...listed, ...files.keys()])] });
  const rank = (path: string) => (HASHED.test(path) ? 0 : path.endsWith('.html') ? 2 : 1);
  for (const wanted of [0, 1, 2]) {
    const group = [...files].filter(([path]) => rank(path) === wanted);
    await Promise.all(group.map(([path, bytes]) => replaceFile(`${directory}/${path}`, bytes)));
  }
}

/** Completes a build: removes the files of earlier builds, except retained ones that are still recent, and records the inputs. */
export async function completeOutput(
  directory: string,
  { inputs, paths }: { inputs: string; paths: readonly string[] },
): Promise<void> {
  const { files: listed } = await readManifest(directory);
  const [current, replaced] = [new Set([...paths, MANIFEST]), new Set(listed)];
  const now = new Date();
  for (const path of await pathsBelow(directory, [...current, ...replaced])) {
    if (current.has(path)) continue;
    const file = `${directory}/${path}`;
    // Another build may be about to rename its temporary file.
    const isRetained = path.endsWith('.tmp') || (RETAINED.test(path) && HASHED.test(path));
    if (isRetained && replaced.has(path)) await utimes(file, now, now);
    else if (!isRetained || (await ageMs(file)) > RETENTION_MS) await rm(file, { force: true });
  }
  await removeEmptyDirectories(directory);
  await writeManifest(directory, { inputs, files: paths });
}

async function readManifest(directory: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(`${directory}/${MANIFEST}`, 'utf8')) as Manifest;
  } catch {
    return { inputs: null, files: [] };
  }
}

async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  await replaceFile(`${directory}/${MANIFEST}`, Buffer.from(JSON.stringify(manifest)));
}

let temporaries = 0;

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}-${temporaries++}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}

/** Paths of all files in the top-level folders of some files, and of the files next to those folders. Other folders are not the build's. */
async function pathsBelow(directory: string, files: readonly string[]): Promise<string[]> {
  const folders = new Set(files.flatMap((path) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [])));
  const top = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isFile());
  const below = [...folders].map(async (folder) => {
    const entries = await readdir(`${directory}/${folder}`, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.flatMap((entry) =>
      entry.isFile() ? [`${entry.parentPath}/${entry.name}`.slice(directory.length + 1)] : [],
    );
  });
  return [...top.map(({ name }) => name), ...(await Promise.all(below)).flat()];
}

async function ageMs(file: string): Promise<number> {
  return Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
}

/** Only releases have directories that are named by their content. */
async function removeEmptyDirectories(directory: string): Promise<void> {
  for (const { name, parentPath } of await readdir(`${directory}/lambda/releases`, { withFileTypes: true }).catch(
    () => [],
  ))
    await rmdir(`${parentPath}/${name}`).catch(() => {});
}
