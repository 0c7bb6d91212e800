import { StoreUnavailableError } from '../engine/engine.ts';
import { KEPT_RELEASES } from '../engine/retention.ts';
import { byCodePoint } from '../model/comparators.ts';
import { lastReadAt } from '../model/release.ts';
import { POINTER_FILE, parsePointer, type ReleasePointer } from './pointer.ts';
import { isVersion, PROVENANCE_FILE, parseProvenance, ROLLED_BACK_FILE } from './release-format.ts';
import { type StoreFiles, textOf } from './store-files.ts';

export type FoundPointer = {
  readonly pointer: ReleasePointer;
  /** Why the pointer is not the one that was published; absent when it is. */
  readonly warning?: string;
};

/**
 * The pointer of a store. If it is damaged or missing, the newest releases in the store replace it. `undefined`: the store has neither.
 * @throws Error if the pointer is damaged and the store has no release
 * @throws StoreUnavailableError
 */
export async function findPointer(files: StoreFiles): Promise<FoundPointer | undefined> {
  const bytes = await files.read(POINTER_FILE);
  return bytes ? pointerOf(files, bytes) : pointerOfReleases(files, 'missing');
}

/** Like {@link findPointer}, of the pointer's bytes. */
export async function pointerOf(files: StoreFiles, bytes: Uint8Array<ArrayBuffer>): Promise<FoundPointer> {
  let reason: string;
  try {
    return { pointer: await parsePointer(textOf(bytes)) };
  } catch (error) {
    reason = `damaged (${(error as Error).message})`;
  }
  const found = await pointerOfReleases(files, reason);
  if (found) return found;
  throw new Error(`${files.place(POINTER_FILE)} is ${reason}, and there is no release to fall back to`);
}

async function pointerOfReleases(files: StoreFiles, reason: string): Promise<FoundPointer | undefined> {
  const { releases, refused } = await listReleases(files);
  const [newest, ...others] = releases;
  if (!newest) return undefined;
  const pointer = {
    version: newest.version,
    branches: newest.branches,
    previous: others.slice(0, KEPT_RELEASES).map(({ version }) => version),
    refused,
  };
  const warning = `${files.place(POINTER_FILE)} is ${reason}: ${newest.version}, the newest release there, takes its place`;
  return { pointer, warning };
}

type ListedRelease = { readonly version: string; readonly branches: number; readonly readAt: string };

/**
 * The releases in a store, newest first, whatever the pointer says, and those that were rolled back from. The order is that in which
 * their data was read, as their provenance says it, and of equals that in which they were written. Releases without readable
 * provenance are left out. @throws StoreUnavailableError
 */
export async function listReleases(
  files: StoreFiles,
): Promise<{ readonly releases: readonly ListedRelease[]; readonly refused: readonly string[] }> {
  const found: (ListedRelease & { readonly writtenMs: number })[] = [];
  const refused: string[] = [];
  for (const { name, writtenMs } of await files.folders()) {
    if (!isVersion(name)) continue;
    try {
      const bytes = await files.read(`${name}/${PROVENANCE_FILE}`);
      if (!bytes) continue;
      if (await files.read(`${name}/${ROLLED_BACK_FILE}`)) {
        refused.push(name);
        continue;
      }
      const { branches = 0, sources } = await parseProvenance(name, textOf(bytes));
      found.push({ version: name, branches, readAt: lastReadAt(sources), writtenMs });
    } catch (error) {
      if (error instanceof StoreUnavailableError) throw error;
    }
  }
  const newestFirst = found.sort((a, b) => byCodePoint(b.readAt, a.readAt) || b.writtenMs - a.writtenMs);
  return { releases: newestFirst, refused };
}
