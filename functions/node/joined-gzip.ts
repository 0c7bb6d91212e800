import { constants, crc32, deflateRawSync } from 'node:zlib';

/** The end of many texts, compressed once. */
export type CompressedEnd = { readonly plain: Buffer; readonly deflated: Buffer };

/** Header of a gzip file without a name and a time (RFC 1952, 2.3). */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** Compresses the end of many texts. It refers to nothing before it, so that any text may come before it. */
export function compressEnd(text: string): CompressedEnd {
  const plain = Buffer.from(text);
  return { plain, deflated: deflateRawSync(plain, { level: 9 }) };
}

/**
 * Compresses `start` and joins it with an end that is compressed already, as one gzip file of one member, because browsers do not read a
 * second one.
 */
export function joinedGzip(start: string, { plain, deflated }: CompressedEnd): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(start);
  // A full flush ends at a whole byte, and not the stream.
  const first = deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(plain, crc32(bytes)), 0);
  trailer.writeUInt32LE((bytes.length + plain.length) % 2 ** 32, 4);
  return new Uint8Array(Buffer.concat([HEADER, first, deflated, trailer]));
}
