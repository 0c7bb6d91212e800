import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

/*
 * Texts without the prefix that each shares with the previous one: in a sorted list, a third of all bytes. First come the lengths of the shared
 * prefixes, then those of the rests, then the rests.
 */

/** @param starts of the texts in `bytes`, and the end of the last */
export function readTexts(starts: Uint32Array, bytes: Uint8Array, input: PackedReader): void {
  const texts = Math.max(0, starts.length - 1);
  const common = Uint32Array.from({ length: texts }, () => input.number());
  const own = Uint32Array.from({ length: texts }, () => input.number());
  let last = 0;
  for (let text = 0; text < texts; text++) {
    const [start, shared] = [starts[text] as number, common[text] as number];
    bytes.copyWithin(start, last, last + shared);
    bytes.set(input.bytes(own[text] as number), start + shared);
    last = start;
    starts[text + 1] = start + shared + (own[text] as number);
  }
}

export function writeTexts(starts: Uint32Array, bytes: Uint8Array, output: PackedWriter): void {
  const texts = Array.from(starts.subarray(1), (end, text) => bytes.subarray(starts[text], end));
  const common = texts.map((text, at) => commonBytes(text, texts[at - 1] ?? new Uint8Array()));
  for (const length of common) output.number(length);
  for (const [at, text] of texts.entries()) output.number(text.length - (common[at] as number));
  for (const [at, text] of texts.entries()) output.bytes(text.subarray(common[at]));
}

function commonBytes(a: Uint8Array, b: Uint8Array): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
