import type { Sections } from '../file/index-format.ts';
import { type CellRanges, lowerBound } from '../geo/cell-ranges.ts';
import type { BitSlicedPostings } from './bit-sliced-postings.ts';

/**
 * The branches of an entry: `postings[from..to)`, or where `plane` is not -1, the two planes from there on; how many they are,
 * and what the weights (0..3) are coded as.
 */
export type PostingList = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly plane: number;
  readonly codes: Uint8Array;
};

/** A list of less than so many branches a run is read whole: finding the ends of a run in it would take longer. */
const SHORT_PER_RUN = 16;

/** What finding a branch in a list takes, beside reading one: measured 2026-11 as 6 to 12 times as long. */
const SEARCH_STEPS = 8;

/** Reads posting lists into arrays that are used again from query to query. */
export class PostingReader {
  readonly #postings: Uint32Array;
  readonly #planes: BitSlicedPostings;
  /** Codes by branch, and which branches have one; all 0 between calls. */
  readonly #dense: Uint8Array;
  readonly #bits: Uint32Array;

  constructor({ postings }: Sections, planes: BitSlicedPostings, branches: number) {
    this.#postings = postings;
    this.#planes = planes;
    this.#dense = new Uint8Array(branches);
    this.#bits = new Uint32Array(this.#planes.size);
  }

  /**
   * Writes the branches that are in any of the lists, ascending, with the best code of each; returns how many. With `runs`, branches
   * outside of them may be left out. No list may have planes.
   */
  gather(lists: readonly PostingList[], runs: CellRanges | null, ids: Uint32Array, codes: Uint8Array): number {
    const [only] = lists;
    if (!only) return 0;
    if (lists.length > 1) {
      for (const list of lists) this.#markParts(list.codes, partsOf(this.#postings, list, runs));
      return this.#sweep(ids, codes);
    }
    const parts = partsOf(this.#postings, only, runs);
    const postings = this.#postings;
    const listCodes = only.codes;
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

  /** Adds what the first `count` branches have in a list with planes, by its weight, to `sums`. */
  addPlanes({ plane }: PostingList, worths: Float64Array, ids: Uint32Array, count: number, sums: Float64Array): void {
    const planes = this.#planes;
    for (let at = 0; at < count; at++) {
      sums[at] = (sums[at] as number) + (worths[planes.weightOf(plane, ids[at] as number)] as number);
    }
  }

  /** Writes the best code that each of the first `count` branches has in the lists; 0 where it has none. */
  weigh(lists: readonly PostingList[], ids: Uint32Array, count: number, codes: Uint8Array): void {
    codes.fill(0, 0, count);
    const plain = lists.filter(({ plane }) => plane < 0);
    let total = 0;
    for (const { from, to } of plain) total += to - from;
    if (count * SEARCH_STEPS * plain.length > total) this.#lookUp(plain, ids, count, codes);
    else for (const list of plain) this.#search(list, ids, count, codes);
    if (plain.length === lists.length) return;
    for (const list of lists) if (list.plane >= 0) this.#weighPlanes(list, ids, count, codes);
  }

  /** The best code of a branch in the lists; 0 where it has none. */
  codeOf(lists: readonly PostingList[], branch: number): number {
    let best = 0;
    for (const list of lists) best = Math.max(best, list.codes[this.#weightOf(list, branch)] as number);
    return best;
  }

  #weightOf({ plane, from, to }: PostingList, branch: number): number {
    if (plane >= 0) return this.#planes.weightOf(plane, branch);
    const at = lowerBound(this.#postings, branch * 4, from, to);
    const packed = at < to ? (this.#postings[at] as number) : 0;
    return packed >>> 2 === branch ? packed & 3 : 0;
  }

  #weighPlanes({ plane, codes: listCodes }: PostingList, ids: Uint32Array, count: number, codes: Uint8Array): void {
    const planes = this.#planes;
    for (let at = 0; at < count; at++) {
      const code = listCodes[planes.weightOf(plane, ids[at] as number)] as number;
      if (code > (codes[at] as number)) codes[at] = code;
    }
  }

  /** Reads the lists whole, and then what the branches have in them. */
  #lookUp(lists: readonly PostingList[], ids: Uint32Array, count: number, codes: Uint8Array): void {
    if (count === 0) return;
    const postings = this.#postings;
    const dense = this.#dense;
    const first = (ids[0] as number) * 4;
    const behind = (ids[count - 1] as number) * 4 + 4;
    for (const [number, { from, to, codes: listCodes }] of lists.entries()) {
      const end = lowerBound(postings, behind, from, to);
      const start = lowerBound(postings, first, from, end);
      if (number === 0) {
        for (let at = start; at < end; at++) {
          const packed = postings[at] as number;
          dense[packed >>> 2] = listCodes[packed & 3] as number;
        }
        continue;
      }
      for (let at = start; at < end; at++) {
        const packed = postings[at] as number;
        const code = listCodes[packed & 3] as number;
        if (code > (dense[packed >>> 2] as number)) dense[packed >>> 2] = code;
      }
    }
    for (let at = 0; at < count; at++) codes[at] = dense[ids[at] as number] as number;
    dense.fill(0, ids[0] as number, (ids[count - 1] as number) + 1);
  }

  #markParts(listCodes: Uint8Array, parts: readonly number[]): void {
    const postings = this.#postings;
    const dense = this.#dense;
    const bits = this.#bits;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let at = parts[part] as number; at < to; at++) {
        const packed = postings[at] as number;
        const branch = packed >>> 2;
        const code = listCodes[packed & 3] as number;
        if (code > (dense[branch] as number)) dense[branch] = code;
        bits[branch >>> 5] = (bits[branch >>> 5] as number) | (1 << (branch & 31));
      }
    }
  }

  /** Reads what was marked, and takes the marks away. */
  #sweep(ids: Uint32Array, codes: Uint8Array): number {
    const dense = this.#dense;
    const all = this.#bits;
    let count = 0;
    for (let word = 0; word < all.length; word++) {
      let bits = all[word] as number;
      if (bits === 0) continue;
      all[word] = 0;
      while (bits !== 0) {
        const branch = word * 32 + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        ids[count] = branch;
        codes[count++] = dense[branch] as number;
        dense[branch] = 0;
      }
    }
    return count;
  }

  #search({ from, to, codes: listCodes }: PostingList, ids: Uint32Array, count: number, codes: Uint8Array): void {
    const postings = this.#postings;
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

/** The parts of a list without planes that lie in runs: start and end of each in turn. */
export function partsOf(postings: Uint32Array, { from, to }: PostingList, runs: CellRanges | null): number[] {
  if (!runs || to - from < (runs.length / 2) * SHORT_PER_RUN) return [from, to];
  const parts: number[] = [];
  let start = from;
  for (let run = 0; run < runs.length && start < to; run += 2) {
    start = lowerBound(postings, (runs[run] as number) * 4, start, to);
    const end = lowerBound(postings, (runs[run + 1] as number) * 4, start, to);
    if (end > start) parts.push(start, end);
    start = end;
  }
  return parts;
}
