import { isUtf8 } from 'node:buffer';

/** Bytes at a text's start that decide whether it is UTF-16. */
const SNIFFED_BYTES = 1024;

/** The encoding of UTF-16 text, which has a byte order mark or, for mostly Latin text, a zero in every other byte. */
export function utf16Label(raw: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (raw[0] === 0xff && raw[1] === 0xfe) return 'utf-16le';
  if (raw[0] === 0xfe && raw[1] === 0xff) return 'utf-16be';
  const head = raw.subarray(0, Math.min(SNIFFED_BYTES, raw.length & ~1));
  let [even, odd] = [0, 0];
  for (let i = 0; i + 1 < head.length; i += 2) {
    even += head[i] === 0 ? 1 : 0;
    odd += head[i + 1] === 0 ? 1 : 0;
  }
  const most = head.length * 0.4;
  if (odd >= most && even === 0 && odd > 0) return 'utf-16le';
  if (even >= most && odd === 0 && even > 0) return 'utf-16be';
  return null;
}

/** @returns null if the bytes are not text of this encoding, or no such encoding is known */
export function decodeAs(raw: Buffer, label: string): Buffer | null {
  try {
    // Node 20 and 22 decode Windows-1252, of which ISO-8859-1 is another label, as Latin-1: without “ ” and €.
    if (new TextDecoder(label).encoding === 'windows-1252') return windows1252(raw);
    return Buffer.from(new TextDecoder(label, { fatal: true }).decode(raw), 'utf8');
  } catch {
    return null;
  }
}

/**
 * A downloaded body as UTF-8, by the charset of its Content-Type. Bytes that are UTF-8 beyond ASCII stay as they are, because servers
 * name their default charset for files in UTF-8 too.
 */
export function fromCharset(body: Uint8Array, charset: string | null): Uint8Array {
  if (charset === null || /^utf-?8$/i.test(charset)) return body;
  const raw = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  if (isGzip || (isUtf8(raw) && raw.some((byte) => byte > 0x7f))) return body;
  return decodeAs(raw, charset) ?? body;
}

/** The charset of a Content-Type (RFC 9110 section 8.3). */
export function charsetOf(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** Windows-1252 assigns no character to these bytes. */
const UNASSIGNED: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Text that is not UTF-8 as Windows-1252, with the number of its characters beyond ASCII and the offset of the first. `null` if it has
 * bytes that are no characters, or at least as many UTF-8 characters as other bytes: then it is UTF-8 with damage.
 */
export function fromWindows1252(raw: Buffer): { text: Buffer; count: number; first: number } | null {
  let [count, utf8, others, first] = [0, 0, 0, -1];
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i] ?? 0;
    if (byte < 0x80) {
      if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return null;
      continue;
    }
    if (first < 0) first = i;
    const length = sequenceLength(raw, i);
    if (length > 1) utf8 += 1;
    else if (UNASSIGNED.has(byte)) return null;
    else others += 1;
    count += length;
    i += length - 1;
  }
  if (utf8 >= others) return null;
  return { text: windows1252(raw), count, first };
}

/** The characters of the bytes 0x80 to 0x9F; an unassigned byte keeps its number. All other bytes are Latin-1. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windows1252(raw: Buffer): Buffer {
  const text = raw.toString('latin1').replace(/[\u0080-\u009f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char);
  return Buffer.from(text, 'utf8');
}

/** Bytes of the UTF-8 character at an offset; 1 if there is none. */
function sequenceLength(raw: Buffer, at: number): number {
  const byte = raw[at] ?? 0;
  const length = byte < 0xc2 || byte > 0xf4 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  const isStart = length > 1 && ((raw[at + 1] ?? 0) & 0xc0) === 0x80;
  return isStart && at + length <= raw.length && isUtf8(raw.subarray(at, at + length)) ? length : 1;
}
