/** One value of a list: in quotation marks, or what stands up to the next comma. */
const VALUE = /\s*(?:"((?:[^"]|"")*)"|([^",\s][^,]*)?)\s*(?:,|$)/gy;

/**
 * Reads values with commas between. A value that has a comma stands in quotation marks, a quotation mark within them is doubled, as in
 * CSV (RFC 4180): `"Portola, Upper",Mission`. Empty ones are left out; `undefined` when a quotation mark is not closed.
 */
export function readCommaList(text: string): string[] | undefined {
  const all = [...text.matchAll(VALUE)];
  // What can be read ends with the empty value behind the last one.
  if (all.at(-1)?.index !== text.length) return undefined;
  return all.flatMap(([, quoted, plain = '']) => (quoted?.replaceAll('""', '"') ?? plain).trim() || []);
}

/** Writes values as {@link readCommaList} reads them. */
export function writeCommaList(values: readonly string[]): string {
  return values.map((value) => (/^"|,/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}
