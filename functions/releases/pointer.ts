import { EngineError, type PublishedRelease } from '../engine/engine.ts';
import { KEPT_RELEASES, refusedAfterPublish, refusedAfterRollback } from '../engine/retention.ts';
import type { Provenance } from '../model/release.ts';
import { isVersion } from './release-format.ts';
import { openSealed, sealedText } from './sealed-json.ts';

/**
 * The content of `current.json`: the release that readers get. Next to it in the store:
 *
 * - `<version>/release.json`: the content; the version ends with the first digits of its SHA-256
 * - `<version>/provenance.json`: where and when the data was read, and the checksums of the report files
 * - `<version>/index.bin`: the index of the embedded engine
 * - every other file that was published with the release, such as `<version>/quality.json`
 * - `<version>/rolled-back.txt`: only in a release that was rolled back from
 *
 * The pointer, the provenance and the report files are covered by checksums of their own.
 */
export type ReleasePointer = PublishedRelease & {
  /** Previous versions that are kept for a rollback, newest first. */
  readonly previous: readonly string[];
};

export const POINTER_FILE = 'current.json';

/** The owner of the pointer's checksum. */
const OWNER = 'current';

/** The fields of a bucket's pointer that only its readers look at: they change the object's ETag. */
const EXTRA_KEYS = ['confirmedAt', 'asOf'];

/** @throws Error that says what is wrong with the text. */
export async function parsePointer(text: string): Promise<ReleasePointer> {
  const keys = ['version', 'branches', 'previous', 'refused', ...EXTRA_KEYS];
  const fields = await openSealed(OWNER, text, keys);
  const { version, branches, previous, refused } = fields as ReleasePointer;
  const areLists = Array.isArray(previous) && Array.isArray(refused);
  if (!areLists || ![version, ...previous, ...refused].every(isVersion)) throw new Error('it names no version');
  if (!Number.isSafeInteger(branches)) throw new Error('it has no number of branches');
  return { version, branches, previous, refused };
}

/** @param more fields that only this store's readers look at */
export function pointerText(pointer: ReleasePointer, more: Readonly<Record<string, string>> = {}): Promise<string> {
  return sealedText(OWNER, { ...pointer, ...more });
}

/** The current version and those that are kept for a rollback, newest first. */
export function publishedVersions(pointer: ReleasePointer | undefined): string[] {
  return pointer ? [pointer.version, ...pointer.previous] : [];
}

/** The versions whose files stay: the published ones, and the last one rolled back from, so that its fault can be found. */
export function retainedVersions(pointer: ReleasePointer | undefined): string[] {
  return pointer ? [...publishedVersions(pointer), ...pointer.refused.slice(0, 1)] : [];
}

/** @param latest the pointer that the new one replaces */
export function pointerAfterPublish(
  latest: ReleasePointer | undefined,
  { version, branches }: Pick<ReleasePointer, 'version' | 'branches'>,
): ReleasePointer {
  return {
    version,
    branches,
    previous: publishedVersions(latest)
      .filter((other) => other !== version)
      .slice(0, KEPT_RELEASES),
    refused: refusedAfterPublish(latest?.refused ?? [], version),
  };
}

/** The provenance of a release whose content was read, and its number of branches. */
export type CountedRelease = Provenance & { readonly branches: number };

/**
 * The newest previous release that can be read, and the pointer to it.
 * @param store name of the store, for the message
 * @throws EngineError when there is none
 */
export async function findRollback(
  pointer: ReleasePointer,
  store: string,
  read: (version: string) => Promise<CountedRelease>,
): Promise<{ readonly release: CountedRelease; readonly next: ReleasePointer }> {
  const faults: string[] = [];
  for (const [at, version] of pointer.previous.entries()) {
    try {
      const release = await read(version);
      const refused = refusedAfterRollback(pointer.refused, pointer.version, version);
      const previous = pointer.previous.slice(at + 1);
      return { release, next: { version, branches: release.branches, previous, refused } };
    } catch (error) {
      faults.push(`; ${(error as Error).message}`);
    }
  }
  throw new EngineError(`${store} has no release before ${pointer.version}${faults.join('')}`);
}
