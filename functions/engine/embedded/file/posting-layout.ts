import { bitmapWords, isDense } from './index-format.ts';

/** Where the postings of each term are: in a list, or in the bit slices of a dense term. */
export type PostingLayout = {
  /** The start of each term's list, then the end of the last. */
  readonly starts: Uint32Array;
  readonly dense: Uint32Array;
  readonly denseCounts: Uint32Array;
  /** The length of the section of bit slices. */
  readonly sliceWords: number;
};

/**
 * Lays out the postings of all terms.
 * @param counts the number of postings of each term
 * @param size the number of branches, or of vendors
 */
export function layOutPostings(counts: Uint32Array, size: number): PostingLayout {
  const dense: number[] = [];
  const denseCounts: number[] = [];
  const starts = new Uint32Array(counts.length + 1);
  let end = 0;
  for (let term = 0; term < counts.length; term++) {
    const count = counts[term] as number;
    if (isDense(count, size)) {
      dense.push(term);
      denseCounts.push(count);
    } else end += count;
    starts[term + 1] = end;
  }
  return {
    starts,
    dense: Uint32Array.from(dense),
    denseCounts: Uint32Array.from(denseCounts),
    sliceWords: dense.length * 2 * bitmapWords(size),
  };
}

/** The sections that a layout describes. */
export type PostingTarget = {
  readonly postingStarts: Uint32Array;
  readonly postings: Uint32Array;
  readonly denseTerms: Uint32Array;
  readonly denseCounts: Uint32Array;
  readonly bitSlices: Uint32Array;
};

/** Writes postings into their sections. The postings of a term are ascending if their numbers are written in this order. */
export class PostingWriter {
  readonly #postings: Uint32Array;
  readonly #bitSlices: Uint32Array;
  /** Words of one bit slice. */
  readonly #size: number;
  /** Where the next posting of each term's list goes. */
  readonly #ends: Uint32Array;
  /** The offset of each term's bit slices; -1 if it has a list. */
  readonly #sliceOf: Int32Array;

  constructor({ starts, dense, denseCounts }: PostingLayout, size: number, target: PostingTarget) {
    target.postingStarts.set(starts);
    target.denseTerms.set(dense);
    target.denseCounts.set(denseCounts);
    this.#postings = target.postings;
    this.#bitSlices = target.bitSlices;
    this.#size = bitmapWords(size);
    this.#ends = starts.slice();
    this.#sliceOf = new Int32Array(starts.length - 1).fill(-1);
    for (const [at, term] of dense.entries()) this.#sliceOf[term] = at * 2 * this.#size;
  }

  /** @param number of the branch or vendor @param weight 0 to 3 */
  write(term: number, number: number, weight: number): void {
    const slice = this.#sliceOf[term] as number;
    if (slice < 0) {
      const end = this.#ends[term] as number;
      this.#postings[end] = number * 4 + weight;
      this.#ends[term] = end + 1;
      return;
    }
    const bits = this.#bitSlices;
    const [low, high] = [slice + (number >>> 5), slice + (number >>> 5) + this.#size];
    bits[low] = (bits[low] as number) | ((weight & 1) << (number & 31));
    bits[high] = (bits[high] as number) | ((weight >>> 1) << (number & 31));
  }
}
