import { type Block, lowerBound } from '../geo/cell-ranges.ts';
import { type BitSlicedPostings, takeBits } from './bit-sliced-postings.ts';

/**
 * The postings of a term or a phrase: `postings[from..to)`, or bit slices at `slice` if that is not -1. `count` is their number; `codes` are
 * the score codes of the weights 0..3.
 */
export type PostingList = {
  /** Branch x 4 + weight, ascending: the section of the index, or a list that one query has computed. */
  readonly postings: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly slice: number;
  readonly codes: Uint8Array;
};

/** A list with fewer postings per cell range than this is read whole: finding the ends of the ranges in it would take longer. */
const MIN_POSTINGS_PER_RANGE = 16;

/** The cost of finding a branch in a list, in postings read: 6 to 12 (measured 2026-11). */
const SEARCH_COST = 8;

/** Reads posting lists. Its arrays are reused from query to query. */
export class PostingReader {
  readonly #bitSliced: BitSlicedPostings;
  /** The code of each branch, and a bit for each branch that has one; all 0 between calls. */
  readonly #codes: Uint8Array;
  readonly #bits: Uint32Array;

  constructor(bitSliced: BitSlicedPostings, branches: number) {
    this.#bitSliced = bitSliced;
    this.#codes = new Uint8Array(branches);
    this.#bits = new Uint32Array(this.#bitSliced.size);
  }

  /**
   * Writes the branches of a block that are in any of the lists, ascending, with the best code of each; returns how many. No list may be
   * bit-sliced.
   */
  gather(lists: readonly PostingList[], block: Block, ids: Uint32Array, codes: Uint8Array): number {
    const [only] = lists;
    if (!only) return 0;
    if (lists.length > 1) {
      for (const list of lists) this.#markParts(list, partsOf(list, block));
      return this.#sweep(block, ids, codes);
    }
    const parts = partsOf(only, block);
    const { postings, codes: listCodes } = only;
    let count = 0;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let at = parts[part] as number; at < to; at++) {
        const packed = postings[at] as number;
        ids[count] = packed >>> 2;
        codes[count++] = listCodes[packed & 3] as number;
      }
    }
    return count;
  }

  /** Adds the scores of the first `count` branches in a bit-sliced list to `sums`. @param scores by weight (0..3) */
  addBitSliced(
    { slice }: PostingList,
    scores: Float64Array,
    ids: Uint32Array,
    count: number,
    sums: Float64Array,
  ): void {
    const bitSliced = this.#bitSliced;
    for (let at = 0; at < count; at++) {
      sums[at] = (sums[at] as number) + (scores[bitSliced.weightOf(slice, ids[at] as number)] as number);
    }
  }

  /** Writes the best code of each of the first `count` branches in the lists; 0 if it is in none. */
  weigh(lists: readonly PostingList[], ids: Uint32Array, count: number, codes: Uint8Array): void {
    codes.fill(0, 0, count);
    const plain = lists.filter(({ slice }) => slice < 0);
    let total = 0;
    for (const { from, to } of plain) total += to - from;
    // The lists are read between the first and the last branch.
    const share = count > 0 ? ((ids[count - 1] as number) - (ids[0] as number) + 1) / this.#codes.length : 0;
    if (count * SEARCH_COST * plain.length > total * share) this.#lookUp(plain, ids, count, codes);
    else for (const list of plain) this.#search(list, ids, count, codes);
    if (plain.length === lists.length) return;
    for (const list of lists) if (list.slice >= 0) this.#weighBitSliced(list, ids, count, codes);
  }

  /** The best code of a branch in the lists; 0 if it is in none. */
  codeOf(lists: readonly PostingList[], branch: number): number {
    let best = 0;
    for (const list of lists) best = Math.max(best, list.codes[this.#weightOf(list, branch)] as number);
    return best;
  }

  #weightOf({ slice, from, to, postings }: PostingList, branch: number): number {
    if (slice >= 0) return this.#bitSliced.weightOf(slice, branch);
    const at = lowerBound(postings, branch * 4, from, to);
    const packed = at < to ? (postings[at] as number) : 0;
    return packed >>> 2 === branch ? packed & 3 : 0;
  }

  #weighBitSliced({ slice, codes: listCodes }: PostingList, ids: Uint32Array, count: number, codes: Uint8Array): void {
    const bitSliced = this.#bitSliced;
    for (let at = 0; at < count; at++) {
      const code = listCodes[bitSliced.weightOf(slice, ids[at] as number)] as number;
      if (code > (codes[at] as number)) codes[at] = code;
    }
  }

  /** Reads the lists between the first and the last branch, then looks the branches up. */
  #lookUp(lists: readonly PostingList[], ids: Uint32Array, count: number, codes: Uint8Array): void {
    if (count === 0) return;
    const codeOfBranch = this.#codes;
    const first = (ids[0] as number) * 4;
    const end = (ids[count - 1] as number) * 4 + 4;
    for (const [number, { postings, from, to, codes: listCodes }] of lists.entries()) {
      const last = lowerBound(postings, end, from, to);
      const start = lowerBound(postings, first, from, last);
      if (number === 0) {
        for (let at = start; at < last; at++) {
          const packed = postings[at] as number;
          codeOfBranch[packed >>> 2] = listCodes[packed & 3] as number;
        }
        continue;
      }
      for (let at = start; at < last; at++) {
        const packed = postings[at] as number;
        const code = listCodes[packed & 3] as number;
        if (code > (codeOfBranch[packed >>> 2] as number)) codeOfBranch[packed >>> 2] = code;
      }
    }
    for (let at = 0; at < count; at++) codes[at] = codeOfBranch[ids[at] as number] as number;
    codeOfBranch.fill(0, ids[0] as number, (ids[count - 1] as number) + 1);
  }

  #markParts({ postings, codes: listCodes }: PostingList, parts: readonly number[]): void {
    const codeOfBranch = this.#codes;
    const bits = this.#bits;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let at = parts[part] as number; at < to; at++) {
        const packed = postings[at] as number;
        const branch = packed >>> 2;
        const code = listCodes[packed & 3] as number;
        if (code > (codeOfBranch[branch] as number)) codeOfBranch[branch] = code;
        bits[branch >>> 5] = (bits[branch >>> 5] as number) | (1 << (branch & 31));
      }
    }
  }

  /** Reads and clears what {@link #markParts} has marked. */
  #sweep({ from, to }: Block, ids: Uint32Array, codes: Uint8Array): number {
    const codeOfBranch = this.#codes;
    const count = takeBits(this.#bits, [from >>> 5, (to + 31) >>> 5], ids);
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      codes[at] = codeOfBranch[branch] as number;
      codeOfBranch[branch] = 0;
    }
    return count;
  }

  /** Finds each branch in a list by exponential search from the previous one. */
  #search(
    { postings, from, to, codes: listCodes }: PostingList,
    ids: Uint32Array,
    count: number,
    codes: Uint8Array,
  ): void {
    let start = from;
    for (let at = 0; at < count; at++) {
      const wanted = (ids[at] as number) * 4;
      let step = 1;
      while (start + step < to && (postings[start + step] as number) < wanted) step *= 2;
      start = lowerBound(postings, wanted, start + (step >>> 1), Math.min(to, start + step + 1));
      if (start === to) return;
      const packed = postings[start] as number;
      if (packed >= wanted + 4) continue;
      const code = listCodes[packed & 3] as number;
      if (code > (codes[at] as number)) codes[at] = code;
    }
  }
}

/** The parts of a list that is not bit-sliced that lie in a block: start and end of each in turn. */
export function partsOf(list: PostingList, { from: first, to: last, isWhole, ranges }: Block): number[] {
  const { postings } = list;
  let start = isWhole ? list.from : lowerBound(postings, first * 4, list.from, list.to);
  const to = isWhole ? list.to : lowerBound(postings, last * 4, start, list.to);
  if (!ranges || to - start < (ranges.length / 2) * MIN_POSTINGS_PER_RANGE) return [start, to];
  const parts: number[] = [];
  for (let range = 0; range < ranges.length && start < to; range += 2) {
    start = lowerBound(postings, (ranges[range] as number) * 4, start, to);
    const end = lowerBound(postings, (ranges[range + 1] as number) * 4, start, to);
    if (end > start) parts.push(start, end);
    start = end;
  }
  return parts;
}
