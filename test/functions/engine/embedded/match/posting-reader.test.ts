import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeWords, type Sections } from '../../../../../functions/engine/embedded/file/index-format.ts';
import { BitSlicedPostings } from '../../../../../functions/engine/embedded/match/bit-sliced-postings.ts';
import { Intersection } from '../../../../../functions/engine/embedded/match/intersection.ts';
import {
  type PostingList,
  PostingReader,
  partsOf,
} from '../../../../../functions/engine/embedded/match/posting-reader.ts';

const BRANCHES = 400;
const WEIGHTS = [0, 1, 2, 3] as const;

/** A list: the weight of each branch that has the word, and whether it stands in planes. */
type Word = { readonly weights: ReadonlyMap<number, number>; readonly isDense: boolean; readonly codes: Uint8Array };

const branch = fc.nat({ max: BRANCHES - 1 });
const weights = fc.oneof(
  fc.array(fc.tuple(branch, fc.constantFrom(1, 2, 3)), { maxLength: 20 }),
  fc.array(fc.tuple(branch, fc.constantFrom(1, 2, 3)), { minLength: 150, maxLength: 600 }),
);
const words = (isDense: fc.Arbitrary<boolean>) =>
  fc.record({
    weights: weights.map((pairs) => new Map([...pairs].sort(([a], [b]) => a - b))),
    isDense,
    codes: fc.constantFrom(Uint8Array.of(0, 3, 5, 9), Uint8Array.of(0, 2, 4, 7)),
  });

/** Runs apart from each other: how many branches are left out before each, and how many it has. */
const runs = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 6 })
  .map((steps) => {
    const made: number[] = [];
    let at = -1;
    for (const [gap, length] of steps) {
      const from = at + gap;
      at = from + length;
      if (at <= BRANCHES) made.push(from, at);
    }
    return made;
  });
const isIn = (all: readonly number[] | null, id: number) =>
  all === null || all.some((from, at) => at % 2 === 0 && from <= id && id < (all[at + 1] as number));

/** The words as the file has them. */
function written(all: readonly Word[]) {
  const size = planeWords(BRANCHES);
  const planes = new Uint32Array(all.length * 2 * size);
  const postings: number[] = [];
  const lists = all.map(({ weights: own, isDense, codes }, word): PostingList => {
    const plane = word * 2 * size;
    const from = postings.length;
    for (const [id, weight] of own) {
      if (!isDense) postings.push(id * 4 + weight);
      const bit = 1 << (id & 31);
      const at = plane + (id >>> 5);
      if (weight & 1) planes[at] = (planes[at] as number) | bit;
      if (weight & 2) planes[at + size] = (planes[at + size] as number) | bit;
    }
    return { from, to: postings.length, count: own.size, plane: isDense ? plane : -1, codes };
  });
  const sections = { postings: Uint32Array.from(postings) } as unknown as Sections;
  return { sections, lists, planes: new BitSlicedPostings(planes, BRANCHES) };
}

const bestCode = (all: readonly Word[], id: number) =>
  Math.max(0, ...all.map(({ weights: own, codes }) => codes[own.get(id) ?? 0] as number));
const sparse = words(fc.constant(false));
const any = words(fc.boolean());
const everyId = Array.from({ length: BRANCHES }, (_, id) => id);

describe('a list of branches', () => {
  it('is cut into parts that hold, of each run, the first branch and the last and all between', () => {
    fc.assert(
      fc.property(sparse, runs, (word, within) => {
        const { sections, lists } = written([word]);
        const [list] = lists as [PostingList];
        const parts = partsOf(sections.postings, list, within);
        const ids: number[] = [];
        for (let part = 0; part < parts.length; part += 2) {
          for (let at = parts[part] as number; at < (parts[part + 1] as number); at++) {
            ids.push((sections.postings[at] as number) >>> 2);
          }
        }
        const wanted = [...word.weights.keys()].filter((id) => isIn(within, id));
        expect(ids.filter((id) => isIn(within, id))).toEqual(wanted);
        // A long list is not read whole.
        if (list.to - list.from >= within.length * 8) expect(ids).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('is read with the best code of each branch, alone or with others', () => {
    fc.assert(
      fc.property(fc.array(sparse, { minLength: 1, maxLength: 4 }), fc.option(runs), (all, within) => {
        const { sections, lists, planes } = written(all);
        const reader = new PostingReader(sections, planes, BRANCHES);
        const [ids, codes] = [new Uint32Array(BRANCHES), new Uint8Array(BRANCHES)];
        // Twice, because its arrays are used again.
        for (const _ of [1, 2]) {
          const count = reader.gather(lists, within, ids, codes);
          const found = [...ids.subarray(0, count)].map((id, at) => [id, codes[at]]);
          const wanted = everyId.filter((id) => isIn(within, id) && all.some((word) => word.weights.has(id)));
          expect(found.filter(([id]) => isIn(within, id as number))).toEqual(
            wanted.map((id) => [id, bestCode(all, id)]),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is weighed for few branches and for many, with planes and without', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), fc.uniqueArray(branch, { maxLength: BRANCHES }), (all, some) => {
        const { sections, lists, planes } = written(all);
        const reader = new PostingReader(sections, planes, BRANCHES);
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
  it('has the branches that have a list of each group, within runs or everywhere', () => {
    const groups = fc.array(fc.array(any, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(groups, fc.option(runs), (all, within) => {
        const { sections, lists, planes } = written(all.flat());
        let next = 0;
        const grouped = all.map((group) => group.map(() => lists[next++] as PostingList));
        const ids = new Uint32Array(BRANCHES + 32);
        const intersection = new Intersection(sections, planes);
        for (const _ of [1, 2]) {
          const count = intersection.intersect(grouped, within, ids);
          const wanted = everyId.filter((id) => all.every((group) => group.some((word) => word.weights.has(id))));
          const found = [...ids.subarray(0, count)];
          expect(found.filter((id) => isIn(within, id))).toEqual(wanted.filter((id) => isIn(within, id)));
          if (within === null) expect(found).toEqual(wanted);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a plane', () => {
  it('has every weight of every branch', () => {
    fc.assert(
      fc.property(any, (word) => {
        const { planes } = written([word]);
        expect(everyId.map((id) => planes.weightOf(0, id))).toEqual(
          everyId.map((id) => word.weights.get(id) ?? WEIGHTS[0]),
        );
      }),
    );
  });
});
