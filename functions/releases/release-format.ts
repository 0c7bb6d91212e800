import { type Provenance, RELEASE_FORMAT, type Release, type ReleaseContent } from '../model/release.ts';

/** Name of a release's index file. The publisher builds it, because the cold start of a function has no time to. */
export const INDEX_FILE = 'index.bin';

/** A version is the name of a folder and must not lead out of the store. */
export function isVersion(text: unknown): boolean {
  return typeof text === 'string' && /^\w[\w.-]*$/.test(text);
}

/** Parses `release.json` and `provenance.json`. @throws Error when they are damaged, or of another version or format. */
export async function parseRelease(version: string, bytes: Uint8Array, provenance: string): Promise<Release> {
  const content = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as Omit<
    ReleaseContent,
    'version'
  >;
  if (content.format !== RELEASE_FORMAT) {
    throw new Error(`it is a release of format ${String(content.format)}, and this program reads ${RELEASE_FORMAT}`);
  }
  if (!(await hasHashOf(version, bytes))) throw new Error('its content is not the one that was published');
  return { ...content, version, ...parseProvenance(provenance) };
}

/** The text of `provenance.json`. */
export function provenanceText({ origin, asOf, sources }: Provenance): string {
  return `${JSON.stringify({ origin, asOf, sources }, null, 2)}\n`;
}

/** @throws Error when the text is not the JSON of a provenance. */
export function parseProvenance(text: string): Provenance {
  const { origin, asOf, sources } = JSON.parse(text) as Provenance;
  if (!Array.isArray(sources)) throw new Error('its provenance names no sources');
  return { origin, asOf, sources };
}

/** Whether a version ends with the first digits of the content's SHA-256. */
async function hasHashOf(version: string, bytes: Uint8Array): Promise<boolean> {
  // Imported here: opening an index needs no hash, and this module adds several milliseconds to a cold start.
  const { createHash } = await import('node:crypto');
  const [digits] = /[\da-f]{8,64}$/.exec(version) ?? [];
  return digits !== undefined && createHash('sha256').update(bytes).digest('hex').startsWith(digits);
}
