import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { amount } from '../amount.ts';
import { SourceError } from '../load-errors.ts';
import { lineOf, MAX_ROWS, tooManyRows } from './bytes.ts';
import type { Records } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Enough for a header and some rows; the widest known header has 29 names. */
const SNIFFED_BYTES = 256 * 1024;
const SNIFFED_RECORDS = 10;
/** Limit for one row; the longest in real data is 1.5 kB. Bounds the cost of an unclosed quote or a file without line ends. */
const MAX_RECORD_BYTES = 1_000_000;
const MAX_COLUMNS = 2_000;
/** Fields may contain line ends, so there may be more lines than rows. */
const MAX_LINES = 4 * MAX_ROWS;

/**
 * Reads delimited text (RFC 4180) strictly: an extra field or a stray quote is an error, because a lenient
 * reader would swallow all rows up to the next quote. Blank lines are skipped.
 */
export function readCsv(given: Buffer, from: string): Records {
  checkLines(given, from);
  const hint = delimiterHint(given);
  const text = hint ? given.subarray(hint.length) : given;
  const delimiter = hint?.delimiter ?? sniffDelimiter(text, from);
  const lines = lineCounter(text);
  let columns: string[] | undefined;
  const records: { line: number; values: string[] }[] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: MAX_RECORD_BYTES,
      on_record: (values: string[], { bytes }): null => {
        const line = lines.startOfRecordEndingAt(bytes);
        if (!columns) {
          if (values.length > MAX_COLUMNS) {
            throw new SourceError(from, `the header has ${values.length} columns: this is not a table`, { line });
          }
          columns = values.map((name) => name.trim());
          return null;
        }
        if (values.length !== columns.length)
          throw rowLengthError({ from, line, found: values.length, columns, cut: endsAt(text, bytes) });
        if (records.length >= MAX_ROWS) throw tooManyRows(from);
        records.push({ line, values });
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? parserError(error, { from, columns, line: lines.next() }) : error;
  }
  return { shape: 'csv', delimiter, columns: columns ?? [], records };
}

/** Excel's first line, such as `sep=;`, which names the delimiter. Its line end stays, so that lines are numbered as in the file. */
function delimiterHint(text: Buffer): { delimiter: string; length: number } | undefined {
  const match = /^"?sep=([^\r\n"])"?(?=\r|\n)/i.exec(text.subarray(0, 20).toString('latin1'));
  return match?.[1] === undefined ? undefined : { delimiter: match[1], length: match[0].length };
}

/** Rejects early what would cost the parser gigabytes: a line of 100 MB of commas, millions of short lines. */
function checkLines(text: Buffer, from: string): void {
  let start = 0;
  let lines = 0;
  while (start < text.length) {
    let end = text.indexOf(0x0a, start);
    if (end < 0) end = text.length;
    if (end - start > MAX_RECORD_BYTES) {
      const carriageReturn = text.indexOf(0x0d, start);
      if (carriageReturn >= 0 && carriageReturn < end) end = carriageReturn;
    }
    lines += 1;
    if (end - start > MAX_RECORD_BYTES) {
      const fault = `the line is longer than ${MAX_RECORD_BYTES / 1e6} MB: this is not a table; give a CSV, JSON or GeoJSON file`;
      throw new SourceError(from, fault, { line: lineOf(text, start) });
    }
    if (lines > MAX_LINES) {
      throw new SourceError(from, `has more than ${MAX_LINES} lines, too many for one city's table`);
    }
    start = end + 1;
  }
}

/**
 * Among the delimiters by which the next rows have as many fields as the header: the one with the most fields in the header.
 * If there is none, the one with the most fields in the header, so that the error names the row that differs.
 */
function sniffDelimiter(text: Buffer, from: string): string {
  const head = text.subarray(0, SNIFFED_BYTES).toString('utf8');
  const counts = countDelimiters(head, text.length > SNIFFED_BYTES);
  const scores = DELIMITERS.map((delimiter, index) => {
    const [header = 0, ...rest] = counts.map((record) => record[index] ?? 0);
    return { delimiter, header, even: rest.every((count) => count === header) };
  }).filter(({ header }) => header > 0);
  scores.sort((a, b) => Number(b.even) - Number(a.even) || b.header - a.header);
  const best = scores[0];
  if (best) return best.delimiter;
  const first = head.trim().split(/[\r\n]/, 1)[0] ?? '';
  const shown = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  throw new SourceError(
    from,
    `its first line, "${shown}", is not a table's header (no comma, semicolon, tab or | in it): give a CSV, JSON or GeoJSON file`,
    { line: 1 },
  );
}

/** How often each delimiter occurs outside quotes, for each of the first records. A cut-off record is left out. */
function countDelimiters(text: string, cut: boolean): number[][] {
  const records: number[][] = [];
  let counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let blank = true;
  for (let i = 0; i <= text.length && records.length < SNIFFED_RECORDS; i++) {
    const char = text[i];
    if (char === undefined ? !cut || records.length === 0 : !quoted && (char === '\n' || char === '\r')) {
      if (!blank) records.push(counts);
      counts = DELIMITERS.map(() => 0);
      blank = true;
      continue;
    }
    blank = false;
    if (char === '"') quoted = !quoted;
    const index = quoted ? -1 : DELIMITERS.indexOf(char as (typeof DELIMITERS)[number]);
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
  }
  return records;
}

/** Finds the line in which a record begins; call it for each record in turn. */
function lineCounter(text: Buffer) {
  let offset = 0;
  let line = 1;
  function advance(to: number): void {
    for (; offset < to; offset++) {
      if (text[offset] === 0x0a || (text[offset] === 0x0d && text[offset + 1] !== 0x0a)) line += 1;
    }
  }
  function next(): number {
    while (text[offset] === 0x0a || text[offset] === 0x0d) advance(offset + 1);
    return line;
  }
  function startOfRecordEndingAt(end: number): number {
    const start = next();
    advance(end);
    return start;
  }
  return { next, startOfRecordEndingAt };
}

function endsAt(text: Buffer, bytes: number): boolean {
  return bytes >= text.length && text.at(-1) !== 0x0a && text.at(-1) !== 0x0d;
}

type RowLengthFault = { from: string; line: number; found: number; columns: readonly string[]; cut: boolean };

function rowLengthError({ from, line, found, columns, cut }: RowLengthFault): SourceError {
  const fault = `has ${amount(found, 'field')} where the header has ${columns.length}`;
  if (cut && found < columns.length) {
    return new SourceError(from, `ends in the middle of a row (${fault}): it was cut off`, {
      line,
      ...atColumn(columns, found - 1),
      cutOff: true,
    });
  }
  const column = found < columns.length ? atColumn(columns, found) : {};
  return new SourceError(from, `the row ${fault}: quote fields that contain the delimiter, or fetch it again`, {
    line,
    ...column,
  });
}

function atColumn(columns: readonly string[], index: number): { column?: string } {
  const name = columns[index];
  return name ? { column: name } : {};
}

function parserError(
  error: CsvError,
  at: { from: string; line: number; columns: readonly string[] | undefined },
): SourceError {
  const position = { line: at.line, ...atColumn(at.columns ?? [], Number(error.index)) };
  const options = { cause: error };
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new SourceError(
      at.from,
      'ends inside a quoted field: it was cut off, or a quote is missing',
      { ...position, cutOff: true },
      options,
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const fault = `the row is longer than ${MAX_RECORD_BYTES / 1e6} MB: a quote is not closed, or this is not a table`;
    return new SourceError(at.from, fault, position, options);
  }
  return new SourceError(
    at.from,
    'has a quote in the middle of a field: write it twice and quote the whole field',
    position,
    options,
  );
}
