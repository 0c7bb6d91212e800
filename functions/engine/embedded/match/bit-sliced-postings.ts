import { bitmapWords } from '../file/index-format.ts';

/** Ranges of words in a bitmap, ascending: start and end (excluded) in turn. */
export type WordRanges = readonly number[];

/** Writes the numbers of the bits that are set in some words, ascending, and clears them; returns how many. */
export function takeBits(bitmap: Uint32Array, wordRanges: WordRanges, numbers: Uint32Array): number {
  let count = 0;
  for (let range = 0; range < wordRanges.length; range += 2) {
    const to = wordRanges[range + 1] as number;
    for (let word = wordRanges[range] as number; word < to; word++) {
      let bits = (bitmap[word] as number) | 0;
      const base = word * 32 + 31;
      while (bits !== 0) {
        numbers[count++] = base - Math.clz32(bits & -bits);
        bits &= bits - 1;
      }
      bitmap[word] = 0;
    }
  }
  return count;
}

/**
 * Reads the postings of dense terms. Each has two bitmaps, which hold the low and the high bit of every branch's weight. A `slice` is the
 * offset of a term's first bitmap.
 */
export class BitSlicedPostings {
  readonly #bitSlices: Uint32Array;
  /** Words in one bitmap. */
  readonly size: number;

  constructor(bitSlices: Uint32Array, branches: number) {
    this.#bitSlices = bitSlices;
    this.size = bitmapWords(branches);
  }

  /** Sets the bits of the branches that have the term, or keeps only those of the bits that are set. */
  combine(slice: number, bits: Uint32Array, wordRanges: WordRanges, isUnion: boolean): void {
    const [bitSlices, size] = [this.#bitSlices, this.size];
    for (let range = 0; range < wordRanges.length; range += 2) {
      const to = wordRanges[range + 1] as number;
      for (let word = wordRanges[range] as number; word < to; word++) {
        const any = (bitSlices[slice + word] as number) | (bitSlices[slice + size + word] as number);
        const own = bits[word] as number;
        bits[word] = isUnion ? own | any : own & any;
      }
    }
  }

  /** The weight of the term in a branch; 0 if the branch does not have it. */
  weightOf(slice: number, branch: number): number {
    const word = slice + (branch >>> 5);
    const low = ((this.#bitSlices[word] as number) >>> (branch & 31)) & 1;
    return low | ((((this.#bitSlices[word + this.size] as number) >>> (branch & 31)) & 1) << 1);
  }
}
