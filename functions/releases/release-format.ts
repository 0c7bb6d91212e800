import type { PublishedRelease } from '../engine/engine.ts';
import { type Provenance, RELEASE_FORMAT, type Release, type ReleaseContent } from '../model/release.ts';

/**
 * A directory of releases, or a bucket's folder:
 *
 * - `current.json`: which version readers get, and which ones before it are kept: this pointer
 * - `<version>/release.json`: the content; the version ends with the first digits of its SHA-256
 * - `<version>/provenance.json`: where and when it was read
 * - whatever else was published with it, such as `<version>/quality.json`
 */
export type ReleasePointer = PublishedRelease & {
  /** Versions that are kept to go back to, newest first. */
  readonly previous: readonly string[];
};

/** Name of a release's index file beside it: made by the publisher, because a function's start has no time for it. */
export const INDEX_FILE = 'index.bin';

/** @throws Error saying what is wrong with the text. */
export function parsePointer(text: string): ReleasePointer {
  const { version, branches, previous, refused } = JSON.parse(text) as ReleasePointer;
  if (![version, ...previous, ...refused].every(isVersion)) throw new Error('it names no version');
  if (!Number.isSafeInteger(branches)) throw new Error('it has no number of branches');
  return { version, branches, previous, refused };
}

/** A version is a folder's name, and never a way out of where releases are. */
export function isVersion(text: unknown): boolean {
  return typeof text === 'string' && /^\w[\w.-]*$/.test(text);
}

/** A release of its two files. @throws Error when they are damaged, of another version, or of another format. */
export async function parseRelease(version: string, bytes: Uint8Array, provenance: string): Promise<Release> {
  const content = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as Omit<
    ReleaseContent,
    'version'
  >;
  if (content.format !== RELEASE_FORMAT) {
    throw new Error(`it is a release of format ${String(content.format)}, and this program reads ${RELEASE_FORMAT}`);
  }
  if (!(await isNamedBy(version, bytes))) throw new Error('its content is not the one that was published');
  return { ...content, version, ...parseProvenance(provenance) };
}

/** @throws Error when it is not one. */
export function parseProvenance(text: string): Provenance {
  const { origin, asOf, sources } = JSON.parse(text) as Provenance;
  if (!Array.isArray(sources)) throw new Error('its provenance names no sources');
  return { origin, asOf, sources };
}

/** Whether a version ends with the first digits of the content's SHA-256. */
async function isNamedBy(version: string, bytes: Uint8Array): Promise<boolean> {
  // Who opens an index needs no hash: loading this takes a cold start several milliseconds.
  const { createHash } = await import('node:crypto');
  const [digits] = /[\da-f]{8,64}$/.exec(version) ?? [];
  return digits !== undefined && createHash('sha256').update(bytes).digest('hex').startsWith(digits);
}
