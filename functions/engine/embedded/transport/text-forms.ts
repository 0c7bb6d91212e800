import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

/*
 * Texts without the prefix that each shares with the previous one: in a sorted list, a third of all bytes. First come the lengths of the shared
 * prefixes, then those of the rests, then the rests.
 */

/** @param starts of the texts in `bytes`, and the end of the last */
export function readTexts(starts: Uint32Array, bytes: Uint8Array, input: PackedReader): void {
  const texts = starts.length - 1;
  const common = new Uint32Array(texts);
  const own = new Uint32Array(texts);
  input.numbers(common);
  input.numbers(own);
  let restBytes = 0;
  for (let text = 0; text < texts; text++) restBytes += own[text] as number;
  const rests = input.bytes(restBytes);
  let rest = 0;
  let last = 0;
  let end = 0;
  for (let text = 0; text < texts; text++) {
    const start = end;
    const sharedEnd = start + (common[text] as number);
    // Most texts are words, for which a call costs more than a loop.
    while (end < sharedEnd) bytes[end++] = bytes[last++] as number;
    const restEnd = rest + (own[text] as number);
    while (rest < restEnd) bytes[end++] = rests[rest++] as number;
    last = start;
    starts[text + 1] = end;
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
