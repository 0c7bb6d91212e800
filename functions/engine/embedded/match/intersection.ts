import type { Block, CellRanges } from '../geo/cell-ranges.ts';
import { type BitSlicedPostings, takeBits, type WordRanges } from './bit-sliced-postings.ts';
import { type PostingList, partsOf } from './posting-reader.ts';

/** Intersects frequent terms with bitmaps, 32 branches at a time. */
export class Intersection {
  readonly #bitSliced: BitSlicedPostings;
  /** A bit for each branch that is in every group so far. */
  readonly #common: Uint32Array;
  /** A bit for each branch that is in any list of one group; all 0 between calls. */
  readonly #bits: Uint32Array;

  constructor(bitSliced: BitSlicedPostings) {
    this.#bitSliced = bitSliced;
    this.#common = new Uint32Array(bitSliced.size);
    this.#bits = new Uint32Array(bitSliced.size);
  }

  /**
   * Writes the branches of a block that are in a list of every group, ascending; returns how many. A block that is not everything begins
   * and ends with a word of the bitmaps.
   */
  intersect(groups: readonly (readonly PostingList[])[], block: Block, ids: Uint32Array): number {
    const common = this.#common;
    const wordRanges = wordRangesOf(block.ranges ?? [block.from, block.to]);
    for (let range = 0; range < wordRanges.length; range += 2)
      common.fill(-1, wordRanges[range], wordRanges[range + 1]);
    for (const lists of groups) {
      const [only] = lists;
      if (only && only.slice >= 0 && lists.length === 1) this.#bitSliced.combine(only.slice, common, wordRanges, false);
      else this.#intersectUnion(lists, block, wordRanges);
    }
    return takeBits(common, wordRanges, ids);
  }

  /** Keeps the `common` branches that are in any of the lists. */
  #intersectUnion(lists: readonly PostingList[], block: Block, wordRanges: WordRanges): void {
    const [common, bits] = [this.#common, this.#bits];
    for (const list of lists) {
      if (list.slice >= 0) {
        this.#bitSliced.combine(list.slice, bits, wordRanges, true);
        continue;
      }
      const { postings } = list;
      const parts = partsOf(list, block);
      for (let part = 0; part < parts.length; part += 2) {
        const to = parts[part + 1] as number;
        for (let at = parts[part] as number; at < to; at++) {
          const branch = (postings[at] as number) >>> 2;
          bits[branch >>> 5] = (bits[branch >>> 5] as number) | (1 << (branch & 31));
        }
      }
    }
    for (let range = 0; range < wordRanges.length; range += 2) {
      const to = wordRanges[range + 1] as number;
      for (let word = wordRanges[range] as number; word < to; word++) {
        common[word] = (common[word] as number) & (bits[word] as number);
      }
    }
    bits.fill(0, block.from >>> 5, (block.to + 31) >>> 5);
  }
}

/** The ranges of bitmap words that hold the bits of ranges of branches. */
function wordRangesOf(ranges: CellRanges): WordRanges {
  const words: number[] = [];
  for (let range = 0; range < ranges.length; range += 2) {
    const [from, to] = [(ranges[range] as number) >>> 5, ((ranges[range + 1] as number) + 31) >>> 5];
    const end = words.at(-1) ?? -1;
    if (from <= end) words[words.length - 1] = to;
    else words.push(from, to);
  }
  return words;
}
