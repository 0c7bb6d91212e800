import { planeWords } from '../file/index-format.ts';

/** Runs of numbers in a plane: start and end (excluded) in turn, ascending. */
export type WordRanges = readonly number[];

/** Reads the branches of frequent entries: of each two planes, which have the low and the high bit of a branch's weight. */
export class BitSlicedPostings {
  readonly #planes: Uint32Array;
  /** Numbers in a plane. */
  readonly size: number;

  constructor(planes: Uint32Array, branches: number) {
    this.#planes = planes;
    this.size = planeWords(branches);
  }

  /** Leaves in `bits` the branches that have an entry. */
  intersect(plane: number, bits: Uint32Array, ranges: WordRanges): void {
    const [planes, size] = [this.#planes, this.size];
    for (let range = 0; range < ranges.length; range += 2) {
      const to = ranges[range + 1] as number;
      for (let word = ranges[range] as number; word < to; word++) {
        const any = (planes[plane + word] as number) | (planes[plane + size + word] as number);
        bits[word] = (bits[word] as number) & any;
      }
    }
  }

  /** Adds to `bits` the branches that have an entry. */
  unite(plane: number, bits: Uint32Array, ranges: WordRanges): void {
    const [planes, size] = [this.#planes, this.size];
    for (let range = 0; range < ranges.length; range += 2) {
      const to = ranges[range + 1] as number;
      for (let word = ranges[range] as number; word < to; word++) {
        const any = (planes[plane + word] as number) | (planes[plane + size + word] as number);
        bits[word] = (bits[word] as number) | any;
      }
    }
  }

  weightOf(plane: number, branch: number): number {
    const word = plane + (branch >>> 5);
    const low = ((this.#planes[word] as number) >>> (branch & 31)) & 1;
    return low | ((((this.#planes[word + this.size] as number) >>> (branch & 31)) & 1) << 1);
  }
}
