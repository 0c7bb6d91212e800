/** The key of the checksum. */
const SEAL = 'sha256';

/**
 * JSON with a checksum of its other fields, so that a reader detects a file that was damaged or belongs to another release.
 * @param owner what the file belongs to, such as a version: it is part of the checksum and not of the text
 */
export async function sealedText(owner: string, fields: object): Promise<string> {
  const seal = await sha256(`${owner}\n${JSON.stringify(fields)}`);
  return `${JSON.stringify({ ...fields, [SEAL]: seal }, null, 2)}\n`;
}

/**
 * The fields of a sealed text. Files that were written before files had a checksum are accepted; an unknown key is not, because it may
 * be the damaged key of the checksum.
 * @param keys the keys that the text may have
 * @throws Error when the text is not JSON, has an unknown key, or does not match its checksum
 */
export async function openSealed(
  owner: string,
  text: string,
  keys: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new Error('it is not a JSON object');
  const { [SEAL]: seal, ...fields } = parsed as Record<string, unknown>;
  const unknown = Object.keys(fields).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`it has the unknown key ${JSON.stringify(unknown.slice(0, 40))}`);
  if (seal !== undefined && seal !== (await sha256(`${owner}\n${JSON.stringify(fields)}`))) {
    throw new Error('its content is not the one that was published');
  }
  return fields;
}

export async function sha256(content: string | Uint8Array): Promise<string> {
  // Imported here: opening a release by its index needs few hashes, and this module adds 3 to 4 ms to a cold start (2026-11).
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(content).digest('hex');
}
