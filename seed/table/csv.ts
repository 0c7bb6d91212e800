import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { SourceError } from '../source-error.ts';
import { lineOf, MAX_ROWS, tooManyRows } from './bytes.ts';
import type { Records } from './read-table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Enough for every header and some rows after it; the widest header known has 29 names. */
const SNIFFED_BYTES = 256 * 1024;
const SNIFFED_RECORDS = 10;
/** One row: the longest of real data is 1.5 kB. Bounds what an unclosed quote or a file without line ends can take. */
const MAX_RECORD_BYTES = 1_000_000;
const MAX_COLUMNS = 2_000;
/** Fields may have line ends in them, so there may be more lines than rows. */
const MAX_LINES = 4 * MAX_ROWS;

/**
 * Reads delimited text after RFC 4180, strictly: a row with a field too many or a stray quote is an error, because a lenient
 * reader would swallow the rows up to the next quote. Blank lines are skipped.
 */
export function readCsv(text: Buffer, from: string): Records {
  checkLines(text, from);
  const delimiter = sniffDelimiter(text, from);
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
            throw new SourceError(from, `the header has ${values.length} columns: it is no table`, { line });
          }
          columns = values.map((name) => name.trim());
          return null;
        }
        if (values.length !== columns.length)
          throw wrongLength({ from, line, found: values.length, columns, cut: endsAt(text, bytes) });
        if (records.length >= MAX_ROWS) throw tooManyRows(from);
        records.push({ line, values });
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? explain(error, { from, columns, line: lines.next() }) : error;
  }
  return { shape: 'csv', columns: columns ?? [], records };
}

/** Refuses quickly what the parser would take gigabytes for: a line of 100 MB of commas, millions of short lines. */
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
      const what = `the line is longer than ${MAX_RECORD_BYTES / 1e6} MB: it is no table; give a CSV, JSON or GeoJSON file`;
      throw new SourceError(from, what, { line: lineOf(text, start) });
    }
    if (lines > MAX_LINES) {
      throw new SourceError(from, `has more than ${MAX_LINES} lines: it is not one city's table`);
    }
    start = end + 1;
  }
}

/**
 * The delimiter that gives the header the most fields among those that give the next rows as many; when none does, the one
 * that gives the header the most, so that the error names the row that differs.
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
    `its first line, "${shown}", is no table's header (no comma, semicolon, tab or | in it): give a CSV, JSON or GeoJSON file`,
    { line: 1 },
  );
}

/** For each of the first records, how often each delimiter stands outside quotes. A record that the text cuts is left out. */
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

/** Tells in which line a record begins; records are asked for in their order. */
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

type WrongLength = { from: string; line: number; found: number; columns: readonly string[]; cut: boolean };

function wrongLength({ from, line, found, columns, cut }: WrongLength): SourceError {
  const what = `has ${found} fields where the header has ${columns.length}`;
  if (cut && found < columns.length) {
    return new SourceError(from, `ends in the middle of a row (${what}): it was cut off`, {
      line,
      ...atColumn(columns, found - 1),
      cutOff: true,
    });
  }
  const column = found < columns.length ? atColumn(columns, found) : {};
  return new SourceError(from, `the row ${what}: quote fields that contain the delimiter, or fetch it again`, {
    line,
    ...column,
  });
}

function atColumn(columns: readonly string[], index: number): { column?: string } {
  const name = columns[index];
  return name ? { column: name } : {};
}

function explain(
  error: CsvError,
  at: { from: string; line: number; columns: readonly string[] | undefined },
): SourceError {
  const spot = { line: at.line, ...atColumn(at.columns ?? [], Number(error.index)) };
  const options = { cause: error };
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new SourceError(
      at.from,
      'ends inside a quoted field: it was cut off, or a quote is missing',
      { ...spot, cutOff: true },
      options,
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const what = `the row is longer than ${MAX_RECORD_BYTES / 1e6} MB: a quote is not closed, or it is no table`;
    return new SourceError(at.from, what, spot, options);
  }
  return new SourceError(
    at.from,
    'has a quote in the middle of a field: write it twice and quote the whole field',
    spot,
    options,
  );
}
