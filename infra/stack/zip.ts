import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';

/** Path within the zip, with slashes, to its bytes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The earliest date that a zip can say; any fixed one would do. Local time, as zips have it. */
const EPOCH = new Date(1980, 0, 1, 12);

/** A zip that depends on nothing but names and contents: no dates, no order of reading, no version of zlib. */
export function zip(files: Files): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: EPOCH, os: 3, attrs: 0o644 << 16 });
}

/** A fingerprint of names and contents. */
export function fingerprint(files: Files): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The files under a directory, but those that `skip` names by their path in it. */
export async function filesOf(directory: string, skip: (path: string) => boolean): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).replaceAll('\\', '/');
    if (entry.isFile() && !skip(name)) files.set(name, await readFile(path));
  }
  return files;
}
