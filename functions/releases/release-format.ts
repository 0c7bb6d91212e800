import type { Provenance, PublishableRelease } from '../model/release.ts';
import { openSealed, sealedText, sha256 } from './sealed-json.ts';

/** Name of a release's index file. The publisher builds it, because the cold start of a function has no time to. */
export const INDEX_FILE = 'index.bin';
export const CONTENT_FILE = 'release.json';
export const PROVENANCE_FILE = 'provenance.json';
/** Marks a release that was rolled back from, for readers that have lost the pointer. */
export const ROLLED_BACK_FILE = 'rolled-back.txt';

/** A name of a folder cannot be longer. */
const MAX_VERSION = 200;

/** A version is the name of a folder and must not lead out of the store. */
export function isVersion(text: unknown): boolean {
  return typeof text === 'string' && text.length <= MAX_VERSION && /^\w[\w.-]*$/.test(text);
}

/** Checksums of the files that were published with a release, by name; `undefined`: published before there were any. */
type Checksums = Readonly<Record<string, string>> | undefined;

/** What `provenance.json` says. It is replaced when the same content is read again. */
export type StoredProvenance = Provenance & {
  /** The number of branches of the release; `undefined`: published before the file had it. */
  readonly branches: number | undefined;
  readonly checksums: Checksums;
};

/** The checksums of files that are published with a release. */
export async function checksumsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Record<string, string>> {
  const sums = Object.entries(files).map(async ([name, content]) => [name, await sha256(content)] as const);
  return Object.fromEntries(await Promise.all(sums));
}

/** The text of `provenance.json`. */
export async function provenanceText(
  { version, origin, asOf, sources }: Omit<PublishableRelease, 'vendors'>,
  branches: number,
  checksums: Checksums,
): Promise<string> {
  return sealedText(version, { origin, asOf, sources, branches, ...(checksums && { checksums }) });
}

const PROVENANCE_KEYS = ['origin', 'asOf', 'sources', 'branches', 'checksums'];

/** @throws Error when the text is not the provenance of this version. */
export async function parseProvenance(version: string, text: string): Promise<StoredProvenance> {
  const fields = await openSealed(version, text, PROVENANCE_KEYS);
  const { origin, asOf, sources, branches, checksums } = fields as Partial<StoredProvenance>;
  const isSource = (one: unknown) =>
    ['name', 'from', 'fetchedAt'].every((key) => typeof (one as Record<string, unknown> | null)?.[key] === 'string');
  if (!Array.isArray(sources) || !sources.every(isSource)) throw new Error('its provenance names no sources');
  if (typeof asOf !== 'string' || !isOrigin(origin)) throw new Error('its provenance has no date or origin');
  return { origin, asOf, sources, branches, checksums };
}

const ORIGINS: Readonly<Record<Provenance['origin'], true>> = { given: true, live: true, cached: true, sample: true };

function isOrigin(value: unknown): value is Provenance['origin'] {
  return typeof value === 'string' && Object.hasOwn(ORIGINS, value);
}
