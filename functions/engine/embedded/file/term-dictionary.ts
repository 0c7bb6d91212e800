/** UTF-8 texts in the order of their bytes, which is the order of their code points. Lookups compare bytes and decode nothing. */
export type TermDictionary = { readonly starts: Uint32Array; readonly bytes: Uint8Array };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The number of a text; -1 if the dictionary does not have it. */
export function findText(dictionary: TermDictionary, text: string): number {
  const wanted = bytesOf(text);
  const at = lowerBound(dictionary, wanted, false);
  const { starts } = dictionary;
  if (at === starts.length - 1) return -1;
  const length = (starts[at + 1] as number) - (starts[at] as number);
  return length === wanted.length && compareBeginning(dictionary, at, wanted) === 0 ? at : -1;
}

/** The numbers of the texts that begin with a prefix; `to` is excluded. */
export function textsWithPrefix(dictionary: TermDictionary, prefix: string): [from: number, to: number] {
  const wanted = bytesOf(prefix);
  return [lowerBound(dictionary, wanted, false), lowerBound(dictionary, wanted, true)];
}

export function textAt({ starts, bytes }: TermDictionary, at: number): string {
  return decoder.decode(bytes.subarray(starts[at], starts[at + 1]));
}

/** The first text that is not before `wanted` or, with `isAfterPrefix`, the first after all that begin with `wanted`. */
function lowerBound(dictionary: TermDictionary, wanted: Uint8Array, isAfterPrefix: boolean): number {
  let [low, high] = [0, dictionary.starts.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareBeginning(dictionary, middle, wanted);
    if (order < 0 || (isAfterPrefix && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares the beginning of a text with `wanted`: 0 if the text begins with it. */
function compareBeginning({ starts, bytes }: TermDictionary, at: number, wanted: Uint8Array): number {
  const start = starts[at] as number;
  const length = (starts[at + 1] as number) - start;
  const common = Math.min(length, wanted.length);
  for (let offset = 0; offset < common; offset++) {
    const difference = (bytes[start + offset] as number) - (wanted[offset] as number);
    if (difference !== 0) return difference;
  }
  return length < wanted.length ? -1 : 0;
}

/** A text as UTF-8. The encoder costs a microsecond even for a short text, and most words are plain ASCII. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return encoder.encode(text);
    bytes[at] = code;
  }
  return bytes;
}

/** The term of a phrase. Its leading blank tells it from the words, none of which has a blank. */
export function phraseTerm(stems: readonly string[]): string {
  return ` ${stems.join(' ')}`;
}
