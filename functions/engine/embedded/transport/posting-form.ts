import { bitmapWords, type Sections } from '../file/index-format.ts';
import { layOutPostings, type PostingTarget, PostingWriter } from '../file/posting-layout.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { listTerms, OWN_WEIGHT, type TermLists } from './term-lists.ts';

/** All postings, in branches and in vendors: the words of the texts have most of them. The others are listed by vendor and branch. */
export function readPostings(sections: Sections, input: PackedReader): void {
  fillPostings(
    sections,
    listTerms(sections, () => {
      let last = 0;
      return Array.from({ length: input.number() }, () => {
        last += input.number();
        return last;
      });
    }),
  );
}

export function writePostings(sections: Sections, output: PackedWriter): void {
  const terms = termsOf(sections);
  listTerms(sections, (isKnown, vendor, branch) => {
    const first = branch ?? (sections.vendorBranches[sections.vendorStarts[vendor] as number] as number);
    const isOwn = (packed: number) => (packed & 3) === OWN_WEIGHT;
    const all = (terms[first] ?? []).filter((packed) => isOwn(packed) === (branch !== null));
    const others = all.filter((packed) => !isKnown(packed));
    output.number(others.length);
    for (const [at, packed] of others.entries()) output.number(packed - (others[at - 1] ?? 0));
    return others;
  });
}

function fillPostings(sections: Sections, { vendors, branches }: TermLists): void {
  const terms = sections.termStarts.length - 1;
  const { branchVendor } = sections;
  const ofBranches = (branch: number) => [vendors[branchVendor[branch] as number] ?? [], branches[branch] ?? []];
  fill({ ...sections, starts: sections.postingStarts }, terms, branches.length, ofBranches);
  // Only the terms that no branch has of its own have postings in vendors.
  const isOfBranches = new Uint8Array(terms);
  for (const own of branches) for (const packed of own) isOfBranches[packed >>> 2] = 1;
  const target: PostingTarget = {
    starts: sections.vendorPostingStarts,
    postings: sections.vendorPostings,
    denseTerms: sections.vendorDenseTerms,
    denseCounts: sections.vendorDenseCounts,
    bitSlices: sections.vendorBitSlices,
  };
  const ofVendors = vendors.map((list) => list.filter((packed) => isOfBranches[packed >>> 2] === 0));
  fill(target, terms, vendors.length, (vendor) => [ofVendors[vendor] ?? []]);
}

/** @param listsOf the lists of a branch or vendor */
function fill(
  target: PostingTarget,
  terms: number,
  size: number,
  listsOf: (number: number) => readonly (readonly number[])[],
): void {
  const counts = new Uint32Array(terms);
  for (let number = 0; number < size; number++) {
    for (const list of listsOf(number)) {
      for (const packed of list) counts[packed >>> 2] = (counts[packed >>> 2] as number) + 1;
    }
  }
  const writer = new PostingWriter(layOutPostings(counts, size), size, target);
  for (let number = 0; number < size; number++) {
    for (const list of listsOf(number)) for (const packed of list) writer.write(packed >>> 2, number, packed & 3);
  }
}

/** The terms of each branch with those of its vendor, ascending: term x 4 + weight. */
function termsOf({ branchVendor, postingStarts, postings, denseTerms, bitSlices }: Sections): number[][] {
  const branches = branchVendor.length;
  const terms: number[][] = Array.from({ length: branches }, () => []);
  const words = bitmapWords(branches);
  const dense = new Map(Array.from(denseTerms, (term, at) => [term, at * 2 * words]));
  for (let term = 0; term + 1 < postingStarts.length; term++) {
    for (const packed of postings.subarray(postingStarts[term], postingStarts[term + 1])) {
      terms[packed >>> 2]?.push(term * 4 + (packed & 3));
    }
    const slice = dense.get(term);
    for (let branch = 0; slice !== undefined && branch < branches; branch++) {
      const bit = (from: number) => ((bitSlices[from + (branch >>> 5)] as number) >>> (branch & 31)) & 1;
      const weight = bit(slice) + 2 * bit(slice + words);
      if (weight > 0) terms[branch]?.push(term * 4 + weight);
    }
  }
  return terms;
}
