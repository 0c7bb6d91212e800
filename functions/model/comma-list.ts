/**
 * Reads comma-separated values. A value that contains a comma is in quotation marks, and quotation marks inside it are doubled, as in
 * CSV (RFC 4180): `"Portola, Upper",Mission`. Empty values are left out; `undefined` if a quotation mark is not closed. Reads each
 * character once: the regular expression before it took quadratic time for blanks in front of a wrong quotation mark.
 */
export function readCommaList(text: string): string[] | undefined {
  const values: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    const start = skipBlanks(text, at);
    const isQuoted = text[start] === '"';
    const end = isQuoted ? closingQuote(text, start) : text.indexOf(',', start);
    if (isQuoted && end < 0) return undefined;
    const value = isQuoted
      ? text.slice(start + 1, end).replaceAll('""', '"')
      : text.slice(start, end < 0 ? undefined : end);
    if (value.trim() !== '') values.push(value.trim());
    at = isQuoted ? skipBlanks(text, end + 1) : end;
    if (at < 0 || at >= text.length) break;
    if (text[at] !== ',') return undefined;
  }
  return values;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return at;
}

/** The position of the quotation mark that closes the one at `from`; -1 if there is none. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** Writes values in the form that {@link readCommaList} reads. */
export function writeCommaList(values: readonly string[]): string {
  return values.map((value) => (/^"|,/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}
