import { createHash } from 'node:crypto';
import { timeSlices } from '../model/time-slices.ts';
import { ContentParser, type ContentVisitor } from './content-parser.ts';

/** Bytes that are parsed at once: 2 ms (2026-11). */
const PIECE_BYTES = 262_144;

/** Hexadecimal digits of a SHA-256 at the end of a version. */
const HASH = /[\da-f]{8,64}$/;

/**
 * Reads `release.json` piece by piece, and lets other requests run between two pieces.
 * @param chunks its bytes; a chunk may be overwritten when the next one is read
 * @throws Error when the content is damaged, cut short, of another format, or not that of the version; only then is what the visitor got
 * of no use
 */
export async function readContent(
  version: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  visitor: ContentVisitor,
): Promise<void> {
  const hash = createHash('sha256');
  const parser = new ContentParser(version, visitor);
  const slices = timeSlices();
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      hash.update(piece);
      parser.push(piece);
      if (slices.isOver()) await slices.next();
    }
  }
  parser.end();
  const [digits] = HASH.exec(version) ?? [];
  if (digits === undefined || !hash.digest('hex').startsWith(digits)) {
    throw new Error('its content is not the one that was published');
  }
}
