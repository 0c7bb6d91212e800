import type { Sections } from '../file/index-format.ts';
import type { CellRanges } from '../geo/cell-ranges.ts';
import type { BitSlicedPostings, WordRanges } from './bit-sliced-postings.ts';
import { type PostingList, partsOf } from './posting-reader.ts';

/** Finds the branches that have all of several words, of which many have each: 32 of them at a time. */
export class Intersection {
  readonly #postings: Uint32Array;
  readonly #planes: BitSlicedPostings;
  /** A bit for each branch that all lists have. */
  readonly #common: Uint32Array;
  /** A bit for each that any of a word's lists has; all 0 between calls. */
  readonly #bits: Uint32Array;

  constructor({ postings }: Sections, planes: BitSlicedPostings) {
    this.#postings = postings;
    this.#planes = planes;
    this.#common = new Uint32Array(planes.size);
    this.#bits = new Uint32Array(planes.size);
  }

  /**
   * Writes the branches that have a list in each of the groups, ascending; returns how many. With `runs`, branches outside of them may be
   * among them or not.
   */
  intersect(groups: readonly (readonly PostingList[])[], runs: CellRanges | null, ids: Uint32Array): number {
    const common = this.#common;
    const ranges = runs ? wordsOf(runs) : [0, this.#planes.size];
    for (let range = 0; range < ranges.length; range += 2) common.fill(-1, ranges[range], ranges[range + 1]);
    for (const lists of groups) {
      const [only] = lists;
      if (only && only.plane >= 0 && lists.length === 1) this.#planes.intersect(only.plane, common, ranges);
      else this.#intersectUnion(lists, runs, ranges);
    }
    let count = 0;
    for (let range = 0; range < ranges.length; range += 2) {
      const to = ranges[range + 1] as number;
      for (let word = ranges[range] as number; word < to; word++) {
        let bits = (common[word] as number) | 0;
        const base = word * 32 + 31;
        while (bits !== 0) {
          ids[count++] = base - Math.clz32(bits & -bits);
          bits &= bits - 1;
        }
      }
    }
    return count;
  }

  /** Leaves in `common` the branches that have any of the lists. */
  #intersectUnion(lists: readonly PostingList[], runs: CellRanges | null, ranges: WordRanges): void {
    const [common, bits, postings] = [this.#common, this.#bits, this.#postings];
    for (const list of lists) {
      if (list.plane >= 0) {
        this.#planes.unite(list.plane, bits, ranges);
        continue;
      }
      const parts = partsOf(postings, list, runs);
      for (let part = 0; part < parts.length; part += 2) {
        const to = parts[part + 1] as number;
        for (let at = parts[part] as number; at < to; at++) {
          const branch = (postings[at] as number) >>> 2;
          bits[branch >>> 5] = (bits[branch >>> 5] as number) | (1 << (branch & 31));
        }
      }
    }
    for (let range = 0; range < ranges.length; range += 2) {
      const to = ranges[range + 1] as number;
      for (let word = ranges[range] as number; word < to; word++) {
        common[word] = (common[word] as number) & (bits[word] as number);
      }
    }
    bits.fill(0);
  }
}

/** Runs of branches as runs of the numbers that have their bits. */
function wordsOf(runs: CellRanges): WordRanges {
  const words: number[] = [];
  for (let run = 0; run < runs.length; run += 2) {
    const [from, to] = [(runs[run] as number) >>> 5, ((runs[run + 1] as number) + 31) >>> 5];
    const end = words.at(-1) ?? -1;
    if (from <= end) words[words.length - 1] = to;
    else words.push(from, to);
  }
  return words;
}
