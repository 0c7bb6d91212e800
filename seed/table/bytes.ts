import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { amount } from '../amount.ts';
import { SourceError } from '../load-errors.ts';
import { decodeAs, fromWindows1252, utf16Label } from './encoding.ts';
import { refuseOtherFormats } from './other-formats.ts';

/**
 * The most bytes of a source, packed or unpacked. The largest known city tables are under 5 MB (2026-11); the limit
 * keeps a wrong address or a gzip bomb from filling the memory.
 */
export const MAX_SOURCE_BYTES = 200_000_000;

/** Bounds the cost of 200 MB of tiny rows: 1,000,000 rows of one or two cells cost 2.7 s and 0.6 GB (2026-11). */
export const MAX_ROWS = 1_000_000;

export function tooManyRows(from: string): SourceError {
  return new SourceError(
    from,
    `has more than ${MAX_ROWS} rows, too many for one city: check that it is the right table`,
  );
}

/** A source's text as UTF-8, and a warning if it was in an encoding that had to be guessed. */
export type DecodedText = { readonly text: Buffer; readonly warnings: readonly string[] };

/**
 * A source's text as UTF-8 bytes: unpacked, without byte order mark, and checked to be text. UTF-16 is converted, and what is not
 * UTF-8 is read as Windows-1252.
 * @throws SourceError when it is empty, too large, binary, damaged, in another format, or markup.
 */
export function decodeBytes(bytes: Uint8Array, from: string): DecodedText {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (given.length > MAX_SOURCE_BYTES) throw tooLarge(from);
  const unpacked = given[0] === 0x1f && given[1] === 0x8b ? gunzip(given, from) : given;
  refuseOtherFormats(unpacked, from);
  const utf16 = utf16Label(unpacked);
  const raw = utf16 ? decodeAs(unpacked, utf16) : unpacked;
  if (!raw) throw new SourceError(from, 'is damaged UTF-16 text: fetch it again, or export it as UTF-8');

  const body = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0;
  let start = body;
  while (isBlank(raw[start])) start += 1;
  if (start >= raw.length) {
    throw new SourceError(from, 'is empty', { cutOff: true });
  }
  if (raw[start] === 0x3c) throw markupError(raw.subarray(start, start + 4096).toString('utf8'), from);
  const first = raw[start];
  // CSV keeps its leading line ends, so that lines are numbered as in the file.
  const text = raw.subarray(first === 0x7b || first === 0x5b ? start : body);

  const zero = text.indexOf(0);
  if (zero >= 0) {
    throw new SourceError(
      from,
      `is a binary file (a zero byte at offset ${raw.length - text.length + zero}), not a table`,
    );
  }
  return isUtf8(text) ? { text, warnings: [] } : guessEncoding(text, raw.length - text.length, from);
}

/** @param skipped bytes before the text */
function guessEncoding(text: Buffer, skipped: number, from: string): DecodedText {
  const guess = fromWindows1252(text);
  if (guess) {
    const warning =
      `is not UTF-8: it is read as Windows-1252; ${amount(guess.count, 'character')} beyond ASCII ` +
      `${guess.count === 1 ? 'depends' : 'depend'} on that, the first on line ${lineOf(text, guess.first)}`;
    return { text: guess.text, warnings: [warning] };
  }
  const offset = firstInvalidByte(text);
  const value = (text[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const fault = `byte 0x${value} at offset ${skipped + offset} is not valid UTF-8: save or export it as UTF-8`;
  throw new SourceError(from, fault, { line: lineOf(text, offset) });
}

export function tooLarge(from: string): SourceError {
  const limit = `${MAX_SOURCE_BYTES / 1e6} MB`;
  return new SourceError(from, `is larger than ${limit}, the limit for a source: check that it is the right one`);
}

/** The 1-based line of a byte; a line ends at LF, CR or CR LF. */
export function lineOf(text: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) {
    if (text[i] === 0x0a || (text[i] === 0x0d && text[i + 1] !== 0x0a)) line += 1;
  }
  return line;
}

export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function gunzip(packed: Buffer, from: string): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_SOURCE_BYTES });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(from);
    const cut = code === 'Z_BUF_ERROR';
    const fault = cut
      ? 'ends in the middle of its gzip data: the download was cut off'
      : 'is a damaged gzip file; fetch it again';
    throw new SourceError(from, fault, { cutOff: cut }, { cause });
  }
}

function markupError(head: string, from: string): SourceError {
  const html = /<!doctype html|<html|<head|<body/i.test(head);
  const title = /<title[^>]*>\s*([^<]{1,120}?)\s*</i.exec(head)?.[1]?.replace(/\s+/g, ' ');
  const kind = html ? 'an HTML page' : 'an XML document';
  return new SourceError(
    from,
    `is ${kind}${title ? ` ("${title}")` : ''}, not data: open the address in a browser to see what it says, and use the address of the CSV or JSON export`,
    { line: 1 },
  );
}

/** Offset of the first byte that is not valid UTF-8. Bisects the text, so each byte is checked about twice. */
function firstInvalidByte(text: Buffer): number {
  let low = 0;
  let high = text.length;
  while (high - low > 4) {
    let middle = (low + high) >> 1;
    for (let back = 0; back < 3 && middle > low + 1 && ((text[middle] ?? 0) & 0xc0) === 0x80; back++) middle -= 1;
    if (isUtf8(text.subarray(low, middle))) low = middle;
    else high = middle;
  }
  for (let length = 1; length <= 4 && low < text.length; length++) {
    if (!isUtf8(text.subarray(low, low + length))) continue;
    low += length;
    length = 0;
  }
  return low;
}
