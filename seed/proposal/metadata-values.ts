/** A member of a JSON object; undefined for anything that has no such member. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Characters; a title that is longer is a description. */
const MAX_TEXT = 300;

/** A text without surrounding blanks and markup; null for a blank one and for anything else. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const plain = value
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? null : plain.slice(0, MAX_TEXT);
}
