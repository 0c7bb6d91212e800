import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';

/** Maps a path, with forward slashes, to its bytes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A fixed date for reproducible zips: the earliest one that the format can store, in local time as the format expects. */
const EPOCH = new Date(1980, 0, 1, 12);

/** A reproducible zip: its bytes depend on names and contents only, not on dates, file order or the version of zlib. */
export function zip(files: Files): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime: EPOCH, os: 3, attrs: 0o644 << 16 });
}

/** A hash of names and contents. */
export function fingerprint(files: Files): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Reads the files under a directory. @param skip whether to leave out a path, relative to the directory */
export async function readFiles(directory: string, skip: (path: string) => boolean): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).replaceAll('\\', '/');
    if (entry.isFile() && !skip(name)) files.set(name, await readFile(path));
  }
  return files;
}
