import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmapWords } from '../../../../../functions/engine/embedded/file/index-format.ts';
import { type Block, blockOf } from '../../../../../functions/engine/embedded/geo/cell-ranges.ts';
import { BitSlicedPostings } from '../../../../../functions/engine/embedded/match/bit-sliced-postings.ts';
import { Intersection } from '../../../../../functions/engine/embedded/match/intersection.ts';
import {
  type PostingList,
  PostingReader,
  partsOf,
} from '../../../../../functions/engine/embedded/match/posting-reader.ts';

const BRANCHES = 400;
/** The words of a bitmap, 32 branches each; the last one is half full. */
const WORDS = 13;

/** A term: its weight in each branch that has it, and whether it is stored as bit slices. */
type Term = { readonly weights: ReadonlyMap<number, number>; readonly isDense: boolean; readonly codes: Uint8Array };

const branch = fc.nat({ max: BRANCHES - 1 });
const weights = fc.oneof(
  fc.array(fc.tuple(branch, fc.constantFrom(1, 2, 3)), { maxLength: 20 }),
  fc.array(fc.tuple(branch, fc.constantFrom(1, 2, 3)), { minLength: 150, maxLength: 600 }),
);
const terms = (isDense: fc.Arbitrary<boolean>) =>
  fc.record({
    weights: weights.map((postings) => new Map([...postings].sort(([a], [b]) => a - b))),
    isDense,
    codes: fc.constantFrom(Uint8Array.of(0, 3, 5, 9), Uint8Array.of(0, 2, 4, 7)),
  });

/** Disjoint ranges, from the size of the gap before each and its own size. */
const cellRanges = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 6 })
  .map((steps) => {
    const ranges: number[] = [];
    let at = -1;
    for (const [gap, length] of steps) {
      const from = at + gap;
      at = from + length;
      if (at <= BRANCHES) ranges.push(from, at);
    }
    return ranges;
  });
/** Everything, or a part that begins and ends with a word of a bitmap; each with cell ranges or without. */
const blocks = fc
  .tuple(fc.option(cellRanges), fc.nat({ max: WORDS - 1 }), fc.integer({ min: 1, max: WORDS }))
  .map(([ranges, word, words]) => blockOf(ranges, word * 32, (word + words) * 32, BRANCHES));
const isIn = ({ from, to, ranges }: Block, id: number) =>
  id >= from &&
  id < to &&
  (ranges?.some((start, at) => at % 2 === 0 && start <= id && id < (ranges[at + 1] ?? 0)) ?? true);

/** The terms in the form of an index file. */
function stored(all: readonly Term[]) {
  const size = bitmapWords(BRANCHES);
  const bitSlices = new Uint32Array(all.length * 2 * size);
  const postings: number[] = [];
  const ownLists = all.map(({ weights: own, isDense, codes }, term) => {
    const slice = term * 2 * size;
    const from = postings.length;
    for (const [id, weight] of own) {
      if (!isDense) postings.push(id * 4 + weight);
      const bit = 1 << (id & 31);
      const at = slice + (id >>> 5);
      if (weight & 1) bitSlices[at] = (bitSlices[at] as number) | bit;
      if (weight & 2) bitSlices[at + size] = (bitSlices[at + size] as number) | bit;
    }
    return { from, to: postings.length, count: own.size, slice: isDense ? slice : -1, codes };
  });
  const section = Uint32Array.from(postings);
  const lists = ownLists.map((list): PostingList => ({ ...list, postings: section }));
  return { lists, bitSliced: new BitSlicedPostings(bitSlices, BRANCHES) };
}

const bestCode = (all: readonly Term[], id: number) =>
  Math.max(0, ...all.map(({ weights: own, codes }) => codes[own.get(id) ?? 0] as number));
const sparse = terms(fc.constant(false));
const any = terms(fc.boolean());
const everyId = Array.from({ length: BRANCHES }, (_, id) => id);

describe('a posting list', () => {
  it('is split into parts that contain every branch of a block, the first and the last included', () => {
    fc.assert(
      fc.property(sparse, blocks, (term, within) => {
        const { lists } = stored([term]);
        const [list] = lists as [PostingList];
        const parts = partsOf(list, within);
        const ids: number[] = [];
        for (let part = 0; part < parts.length; part += 2) {
          for (let at = parts[part] as number; at < (parts[part + 1] as number); at++) {
            ids.push((list.postings[at] as number) >>> 2);
          }
        }
        const wanted = [...term.weights.keys()].filter((id) => isIn(within, id));
        expect(ids.filter((id) => isIn(within, id))).toEqual(wanted);
        // No branch of another block is read, and a long list is not read as a whole.
        expect(ids.every((id) => id >= within.from && id < within.to)).toBe(true);
        const inBlock = [...term.weights.keys()].filter((id) => isIn({ ...within, ranges: null }, id)).length;
        if (within.ranges === null || inBlock >= within.ranges.length * 8) expect(ids).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('is read with the best code of each branch, alone or together with others', () => {
    fc.assert(
      fc.property(fc.array(sparse, { minLength: 1, maxLength: 4 }), blocks, (all, within) => {
        const { lists, bitSliced } = stored(all);
        const reader = new PostingReader(bitSliced, BRANCHES);
        const [ids, codes] = [new Uint32Array(BRANCHES), new Uint8Array(BRANCHES)];
        // Twice, because its arrays are reused.
        for (const _ of [1, 2]) {
          const count = reader.gather(lists, within, ids, codes);
          const found = [...ids.subarray(0, count)].map((id, at) => [id, codes[at]]);
          const wanted = everyId.filter((id) => isIn(within, id) && all.some((term) => term.weights.has(id)));
          expect(found.every(([id = 0]) => id >= within.from && id < within.to)).toBe(true);
          expect(found.filter(([id]) => isIn(within, id as number))).toEqual(
            wanted.map((id) => [id, bestCode(all, id)]),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('yields the codes of few branches and of many, as bit slices and as a list', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), fc.uniqueArray(branch, { maxLength: BRANCHES }), (all, some) => {
        const { lists, bitSliced } = stored(all);
        const reader = new PostingReader(bitSliced, BRANCHES);
        const ids = Uint32Array.from(some).sort();
        const codes = new Uint8Array(BRANCHES).fill(9);
        for (const count of [ids.length, Math.min(ids.length, 3), ids.length]) {
          reader.weigh(lists, ids, count, codes);
          expect([...codes.subarray(0, count)]).toEqual([...ids.subarray(0, count)].map((id) => bestCode(all, id)));
        }
        for (const id of ids.subarray(0, 5)) expect(reader.codeOf(lists, id)).toBe(bestCode(all, id));
      }),
      { numRuns: 150 },
    );
  });
});

describe('an intersection', () => {
  it('contains the branches of a block that are in a list of every group', () => {
    const groups = fc.array(fc.array(any, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(groups, blocks, (all, within) => {
        const { lists, bitSliced } = stored(all.flat());
        let next = 0;
        const grouped = all.map((group) => group.map(() => lists[next++] as PostingList));
        const ids = new Uint32Array(BRANCHES + 32);
        const intersection = new Intersection(bitSliced);
        for (const _ of [1, 2]) {
          const count = intersection.intersect(grouped, within, ids);
          const wanted = everyId.filter((id) => all.every((group) => group.some((term) => term.weights.has(id))));
          const found = [...ids.subarray(0, count)];
          expect(found.filter((id) => isIn(within, id))).toEqual(wanted.filter((id) => isIn(within, id)));
          expect(found.every((id) => id >= within.from && id < within.to)).toBe(true);
          if (within.ranges === null) expect(found).toEqual(wanted.filter((id) => isIn(within, id)));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('bit slices', () => {
  it('hold every weight of every branch', () => {
    fc.assert(
      fc.property(any, (term) => {
        const { bitSliced } = stored([term]);
        expect(everyId.map((id) => bitSliced.weightOf(0, id))).toEqual(everyId.map((id) => term.weights.get(id) ?? 0));
      }),
    );
  });
});
