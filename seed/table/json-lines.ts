import { SourceError } from '../load-errors.ts';
import { isBlank, MAX_ROWS, tooManyRows } from './bytes.ts';
import { checkJson } from './json-check.ts';

/** Begins each record of a GeoJSON text sequence (RFC 8142). */
export const RECORD_SEPARATOR = 0x1e;

/** One JSON value of a text that has one in each line. */
export type JsonLine = { readonly line: number; readonly value: unknown };

/**
 * Reads newline-delimited JSON or a GeoJSON text sequence.
 * @returns `null` for any other text, such as a single line or a first line that is not a complete object
 * @throws SourceError naming the line that is not JSON
 */
export function readJsonLines(text: Buffer, from: string): JsonLine[] | null {
  const isSequence = text[0] === RECORD_SEPARATOR;
  if (!isSequence && !startsWithTwoObjects(text)) return null;
  const values: JsonLine[] = [];
  for (const { line, content } of linesOf(text)) {
    if (values.length >= MAX_ROWS) throw tooManyRows(from);
    try {
      checkJson(content, from);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const { fault, column, cutOff } = error;
      throw new SourceError(from, fault, { line, cutOff, ...(column === undefined ? {} : { column }) });
    }
    values.push({ line, value: JSON.parse(content.toString('utf8')) });
  }
  return values;
}

/** Whether the first line is an object, and another line begins with one. */
function startsWithTwoObjects(text: Buffer): boolean {
  const lines = linesOf(text);
  const first = lines.next().value;
  const second = lines.next().value;
  if (!first || !second || first.content[0] !== 0x7b || second.content[0] !== 0x7b) return false;
  try {
    checkJson(first.content, '');
    return true;
  } catch {
    return false;
  }
}

/** The lines that are not blank, without record separators and surrounding blanks. */
function* linesOf(text: Buffer): Generator<{ line: number; content: Buffer }> {
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line += 1;
    const end = text.indexOf(0x0a, start);
    const next = end < 0 ? text.length : end;
    let [from, to] = [start, next];
    while (from < to && (isBlank(text[from]) || text[from] === RECORD_SEPARATOR)) from += 1;
    while (to > from && isBlank(text[to - 1])) to -= 1;
    if (to > from) yield { line, content: text.subarray(from, to) };
    start = next + 1;
  }
}
