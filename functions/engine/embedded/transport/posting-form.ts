import { bitmapWords, type Sections } from '../file/index-format.ts';
import { layOutPostings, PostingWriter } from '../file/posting-layout.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { type ListedTerms, listTerms, OWN_WEIGHT, type TermLists } from './term-lists.ts';

const NO_TERMS: readonly number[] = [];

/** All postings, in branches and in vendors: the words of the texts have most of them. The others are listed by vendor and branch. */
export function readPostings(sections: Sections, input: PackedReader): void {
  const others = () => {
    const count = input.number();
    if (count === 0) return NO_TERMS;
    const terms: number[] = [];
    let last = 0;
    for (let at = 0; at < count; at++) {
      last += input.number();
      terms.push(last);
    }
    return terms;
  };
  fillPostings(sections, listTerms(sections, others));
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

function fillPostings(sections: Sections, { vendors, branches }: ListedTerms): void {
  const terms = Math.max(0, sections.termStarts.length - 1);
  fillBranchPostings(sections, vendors, branches, terms);
  // Only the terms that no branch has of its own have postings in vendors.
  const isOfBranches = new Uint8Array(terms);
  for (let at = 0; at < branches.packed.length; at++) isOfBranches[(branches.packed[at] as number) >>> 2] = 1;
  fillVendorPostings(sections, vendors, isOfBranches);
}

function fillBranchPostings(sections: Sections, vendors: TermLists, branches: TermLists, terms: number): void {
  const { branchVendor, vendorStarts } = sections;
  const size = branchVendor.length;
  const counts = new Uint32Array(terms);
  for (let vendor = 0; vendor < vendors.starts.length; vendor++) {
    const count = (vendorStarts[vendor + 1] as number) - (vendorStarts[vendor] as number);
    const end = vendors.ends[vendor] as number;
    for (let at = vendors.starts[vendor] as number; at < end; at++) {
      const term = (vendors.packed[at] as number) >>> 2;
      counts[term] = (counts[term] as number) + count;
    }
  }
  for (let at = 0; at < branches.packed.length; at++) {
    const term = (branches.packed[at] as number) >>> 2;
    counts[term] = (counts[term] as number) + 1;
  }
  const target = { ...sections, starts: sections.postingStarts };
  const writer = new PostingWriter(layOutPostings(counts, size), size, target);
  for (let branch = 0; branch < size; branch++) {
    const vendor = branchVendor[branch] as number;
    writer.writeList(branch, vendors.packed, vendors.starts[vendor] as number, vendors.ends[vendor] as number);
    writer.writeList(branch, branches.packed, branches.starts[branch] as number, branches.ends[branch] as number);
  }
}

function fillVendorPostings(sections: Sections, { starts, ends, packed }: TermLists, isOfBranches: Uint8Array): void {
  const size = starts.length;
  const counts = new Uint32Array(isOfBranches.length);
  const own: number[] = [];
  const ownEnds = new Uint32Array(size);
  for (let vendor = 0; vendor < size; vendor++) {
    const end = ends[vendor] as number;
    for (let at = starts[vendor] as number; at < end; at++) {
      const one = packed[at] as number;
      if (isOfBranches[one >>> 2] !== 0) continue;
      counts[one >>> 2] = (counts[one >>> 2] as number) + 1;
      own.push(one);
    }
    ownEnds[vendor] = own.length;
  }
  const writer = new PostingWriter(layOutPostings(counts, size), size, {
    starts: sections.vendorPostingStarts,
    postings: sections.vendorPostings,
    denseTerms: sections.vendorDenseTerms,
    denseCounts: sections.vendorDenseCounts,
    bitSlices: sections.vendorBitSlices,
  });
  for (let vendor = 0; vendor < size; vendor++) {
    writer.writeList(vendor, own, vendor === 0 ? 0 : (ownEnds[vendor - 1] as number), ownEnds[vendor] as number);
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
