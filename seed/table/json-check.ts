import { SourceError, type SourcePosition } from '../load-errors.ts';
import { isBlank, lineOf } from './bytes.ts';

/** GeoJSON's multipolygons are 9 deep. */
const MAX_DEPTH = 64;
/** Objects and arrays; all other values. Limits V8's memory for 200 MB of brackets to 0.5 GB (2026-11). */
const MAX_CONTAINERS = 4_000_000;
const MAX_VALUES = 10_000_000;

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
/** The longest number, 1e308 written out, is under 400 characters. */
const MAX_SCALAR_BYTES = 400;

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'nothing';

/**
 * Checks JSON text before it is parsed, because JSON.parse names no line, cannot tell a cut-off file from a wrong one, and
 * needs gigabytes for 100 MB of "[". One pass over the bytes: 2 to 3 ms per MB (2026-11).
 * @throws SourceError
 */
export function checkJson(text: Buffer, from: string): void {
  const open: Expected[] = [];
  let expected: Expected = 'value';
  let containers = 0;
  let values = 0;
  let i = 0;

  while (true) {
    while (isBlank(text[i])) i += 1;
    const byte = text[i];
    if (byte === undefined) {
      if (expected === 'nothing') return;
      throw cutOffError(text, from);
    }
    if (byte === 0x7b || byte === 0x5b) {
      if (expected !== 'value' && expected !== 'value or ]') throw syntaxError(text, i, expected, from);
      containers += 1;
      open.push(byte === 0x7b ? ', or }' : ', or ]');
      if (open.length > MAX_DEPTH)
        throw errorAt(text, i, `is nested deeper than ${MAX_DEPTH} levels: this is not a table`, from);
      expected = byte === 0x7b ? 'key or }' : 'value or ]';
      i += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      const fits =
        byte === 0x7d
          ? expected === 'key or }' || expected === ', or }'
          : expected === 'value or ]' || expected === ', or ]';
      if (!fits) throw syntaxError(text, i, expected, from);
      open.pop();
      expected = open.at(-1) ?? 'nothing';
      i += 1;
    } else if (byte === 0x2c) {
      if (expected !== ', or }' && expected !== ', or ]') throw syntaxError(text, i, expected, from);
      expected = expected === ', or }' ? 'key' : 'value';
      i += 1;
    } else if (byte === 0x3a) {
      if (expected !== ':') throw syntaxError(text, i, expected, from);
      expected = 'value';
      i += 1;
    } else if (byte === 0x22 && (expected === 'key' || expected === 'key or }')) {
      i = endOfString(text, i, from);
      expected = ':';
    } else {
      if (expected !== 'value' && expected !== 'value or ]') throw syntaxError(text, i, expected, from);
      i = byte === 0x22 ? endOfString(text, i, from) : endOfScalar(text, i, from);
      expected = open.at(-1) ?? 'nothing';
      values += 1;
    }
    if (containers > MAX_CONTAINERS || values > MAX_VALUES) {
      throw new SourceError(from, "has far more values than a city's table: check that it is the right one");
    }
  }
}

/** The offset after the closing quote. */
function endOfString(text: Buffer, start: number, from: string): number {
  for (let i = start + 1; ; i++) {
    const byte = text[i];
    if (byte === undefined) throw cutOffError(text, from);
    if (byte === 0x22) return i + 1;
    if (byte < 0x20) throw errorAt(text, i, 'has a control character inside a string: it must be escaped', from);
    if (byte !== 0x5c) continue;
    i += 1;
    const escaped = text[i];
    if (escaped === undefined || (escaped === 0x75 && text.length < i + 5)) throw cutOffError(text, from);
    const valid =
      escaped === 0x75
        ? /^[0-9a-f]{4}$/i.test(text.toString('latin1', i + 1, i + 5))
        : '"\\/bfnrt'.includes(String.fromCharCode(escaped));
    if (!valid) throw errorAt(text, i - 1, 'has an escape that JSON does not know', from);
  }
}

function endOfScalar(text: Buffer, start: number, from: string): number {
  let end = start;
  while (end - start < MAX_SCALAR_BYTES && isScalarByte(text[end])) end += 1;
  const scalar = text.toString('latin1', start, end);
  if (SCALAR.test(scalar)) return end;
  const begun = ['true', 'false', 'null'].some((word) => word.startsWith(scalar)) || /^-?\d*$/.test(scalar);
  if (end === text.length && begun) throw cutOffError(text, from);
  throw syntaxError(text, start, 'value', from);
}

/** Letters, digits, plus, minus and point. */
function isScalarByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (lower >= 0x61 && lower <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}

function cutOffError(text: Buffer, from: string): SourceError {
  return errorAt(text, text.length, 'ends in the middle of its JSON: it was cut off', from, { cutOff: true });
}

function syntaxError(text: Buffer, offset: number, expected: Expected, from: string): SourceError {
  const found = text.toString('utf8', offset, offset + 20).replace(/\s+/g, ' ');
  const wanted = expected === 'nothing' ? 'the end' : expected;
  return errorAt(text, offset, `is not JSON: "${found}" where ${wanted} should be; fetch it again`, from);
}

/** The column counts characters, as editors do. */
function errorAt(text: Buffer, offset: number, what: string, from: string, more: SourcePosition = {}): SourceError {
  const lineStart = Math.max(text.lastIndexOf(0x0a, offset - 1), text.lastIndexOf(0x0d, offset - 1)) + 1;
  // Nobody opens a line of megabytes in an editor: count bytes.
  const before = offset - lineStart > 1e6 ? offset - lineStart : text.toString('utf8', lineStart, offset).length;
  return new SourceError(from, what, { line: lineOf(text, offset), column: before + 1, ...more });
}
