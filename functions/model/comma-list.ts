/** One value of a list: in quotation marks, or everything up to the next comma. */
const VALUE = /\s*(?:"((?:[^"]|"")*)"|([^",\s][^,]*)?)\s*(?:,|$)/gy;

/**
 * Reads comma-separated values. A value that contains a comma is in quotation marks, and quotation marks inside it are doubled, as in
 * CSV (RFC 4180): `"Portola, Upper",Mission`. Empty values are left out; `undefined` if a quotation mark is not closed.
 */
export function readCommaList(text: string): string[] | undefined {
  const all = [...text.matchAll(VALUE)];
  // A list that was read to its end finishes with an empty match after the last value.
  if (all.at(-1)?.index !== text.length) return undefined;
  return all.flatMap(([, quoted, plain = '']) => (quoted?.replaceAll('""', '"') ?? plain).trim() || []);
}

/** Writes values in the form that {@link readCommaList} reads. */
export function writeCommaList(values: readonly string[]): string {
  return values.map((value) => (/^"|,/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}
