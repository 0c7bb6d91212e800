import { bitmapWords, type Sections } from '../file/index-format.ts';
import { layOutPostings, type PostingTarget, PostingWriter } from '../file/posting-layout.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { type ListedTerms, listTerms, OWN_WEIGHT, type TermLists } from './term-lists.ts';

/** All postings, in branches and in vendors: the words of the texts have most of them. The others are listed by vendor and branch. */
export function readPostings(sections: Sections, input: PackedReader): void {
  const others = () => {
    const count = input.number();
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
  const terms = sections.termStarts.length - 1;
  fill(sections, terms, sections.branchVendor, [vendors, branches]);
  // Only the terms that no branch has of its own have postings in vendors.
  const isOfBranches = new Uint8Array(terms);
  for (let at = 0; at < branches.packed.length; at++) isOfBranches[(branches.packed[at] as number) >>> 2] = 1;
  const numbers = new Uint32Array(vendors.starts.length);
  for (let vendor = 0; vendor < numbers.length; vendor++) {
    numbers[vendor] = vendor;
    let kept = vendors.starts[vendor] as number;
    const end = vendors.ends[vendor] as number;
    for (let at = kept; at < end; at++) {
      const packed = vendors.packed[at] as number;
      if (isOfBranches[packed >>> 2] === 0) vendors.packed[kept++] = packed;
    }
    vendors.ends[vendor] = kept;
  }
  const target: PostingTarget = {
    postingStarts: sections.vendorPostingStarts,
    postings: sections.vendorPostings,
    denseTerms: sections.vendorDenseTerms,
    denseCounts: sections.vendorDenseCounts,
    bitSlices: sections.vendorBitSlices,
  };
  fill(target, terms, numbers, [vendors]);
}

/** @param vendorOf the vendor of each branch, or of each vendor @param lists those of vendors, then those of branches themselves */
function fill(target: PostingTarget, terms: number, vendorOf: Uint32Array, lists: readonly TermLists[]): void {
  const size = vendorOf.length;
  const counts = new Uint32Array(terms);
  let writer: PostingWriter | undefined;
  // Counted first, then written.
  for (let round = 0; round < 2; round++) {
    for (let number = 0; number < size; number++) {
      for (let kind = 0; kind < lists.length; kind++) {
        const { starts, ends, packed } = lists[kind] as TermLists;
        const list = kind === 0 ? (vendorOf[number] as number) : number;
        const end = ends[list] as number;
        for (let at = starts[list] as number; at < end; at++) {
          const term = (packed[at] as number) >>> 2;
          if (writer) writer.write(term, number, (packed[at] as number) & 3);
          else counts[term] = (counts[term] as number) + 1;
        }
      }
    }
    writer ??= new PostingWriter(layOutPostings(counts, size), size, target);
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
