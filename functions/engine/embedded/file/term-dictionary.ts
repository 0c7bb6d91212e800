/** Texts in the order of their UTF-8 bytes, which is that of their code points, to be looked up without being decoded. */
export type TermDictionary = { readonly starts: Uint32Array; readonly bytes: Uint8Array };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The number of a text; -1 when it is not there. */
export function findText(dictionary: TermDictionary, text: string): number {
  const wanted = bytesOf(text);
  const at = lowerText(dictionary, wanted, false);
  const { starts } = dictionary;
  if (at === starts.length - 1) return -1;
  const length = (starts[at + 1] as number) - (starts[at] as number);
  return length === wanted.length && compareStart(dictionary, at, wanted) === 0 ? at : -1;
}

/** The numbers of the texts that begin with a text: from the first, to the second excluded. */
export function textsWith(dictionary: TermDictionary, beginning: string): [from: number, to: number] {
  const wanted = bytesOf(beginning);
  return [lowerText(dictionary, wanted, false), lowerText(dictionary, wanted, true)];
}

export function textAt({ starts, bytes }: TermDictionary, at: number): string {
  return decoder.decode(bytes.subarray(starts[at], starts[at + 1]));
}

/** The first text that is not before `wanted`, or, with `behind`, the first one that is behind all that begin with it. */
function lowerText(dictionary: TermDictionary, wanted: Uint8Array, behind: boolean): number {
  let [low, high] = [0, dictionary.starts.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareStart(dictionary, middle, wanted);
    if (order < 0 || (behind && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares as much of a text as `wanted` has; a shorter text that is its beginning comes before it. */
function compareStart({ starts, bytes }: TermDictionary, at: number, wanted: Uint8Array): number {
  const start = starts[at] as number;
  const length = (starts[at + 1] as number) - start;
  const most = Math.min(length, wanted.length);
  for (let offset = 0; offset < most; offset++) {
    const difference = (bytes[start + offset] as number) - (wanted[offset] as number);
    if (difference !== 0) return difference;
  }
  return length < wanted.length ? -1 : 0;
}

/** As UTF-8. The encoder takes a microsecond however short a text is, and most words are plain ASCII. */
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
