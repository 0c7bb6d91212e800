import { bitmapWords, isDense, type Sections } from '../file/index-format.ts';
import type { TermCollector } from './term-collector.ts';

type VendorPostingSection =
  | 'vendorPostingStarts'
  | 'vendorPostings'
  | 'vendorDenseTerms'
  | 'vendorDenseCounts'
  | 'vendorBitSlices';

type VendorPostings = {
  readonly lengths: Record<VendorPostingSection, number>;
  fill(sections: Sections): void;
};

/**
 * Counts the postings in vendors of the terms that no branch has of its own.
 * @param vendorOrder the collected vendors in the order of the index
 * @param termNumbers the number of each collected term in the file
 */
export function buildVendorPostings(
  collected: TermCollector,
  vendorOrder: Uint32Array,
  termNumbers: Uint32Array,
): VendorPostings {
  const { branchTerms, vendorTerms } = collected;
  const isOfBranches = new Uint8Array(termNumbers.length);
  for (let at = 0; at < branchTerms.length; at++) {
    isOfBranches[termNumbers[(branchTerms.values[at] as number) >>> 2] as number] = 1;
  }
  const counts = new Uint32Array(termNumbers.length);
  for (let at = 0; at < vendorTerms.length; at++) {
    const term = termNumbers[(vendorTerms.values[at] as number) >>> 2] as number;
    if (isOfBranches[term] === 0) counts[term] = (counts[term] as number) + 1;
  }
  const vendors = vendorOrder.length;
  const dense = Uint32Array.from(counts.keys()).filter((term) => isDense(counts[term] as number, vendors));
  const denseCounts = dense.map((term) => counts[term] as number);
  for (const term of dense) counts[term] = 0;
  const starts = new Uint32Array(counts.length + 1);
  for (const [at, count] of counts.entries()) starts[at + 1] = (starts[at] as number) + count;
  return {
    lengths: {
      vendorPostingStarts: starts.length,
      vendorPostings: starts.at(-1) as number,
      vendorDenseTerms: dense.length,
      vendorDenseCounts: dense.length,
      vendorBitSlices: dense.length * 2 * bitmapWords(vendors),
    },
    fill(sections) {
      sections.vendorPostingStarts.set(starts);
      sections.vendorDenseTerms.set(dense);
      sections.vendorDenseCounts.set(denseCounts);
      fillPostings(collected, vendorOrder, termNumbers, isOfBranches, sections);
    },
  };
}

/** Writes vendor by vendor in the order of the index, so that the postings of each term are ascending. */
function fillPostings(
  { vendorStarts, vendorTerms }: TermCollector,
  vendorOrder: Uint32Array,
  termNumbers: Uint32Array,
  isOfBranches: Uint8Array,
  { vendorPostingStarts, vendorPostings, vendorDenseTerms, vendorBitSlices }: Sections,
): void {
  const size = bitmapWords(vendorOrder.length);
  const ends = vendorPostingStarts.slice();
  // The offset of each term's bit slices; -1 if it has a list.
  const sliceOf = new Int32Array(termNumbers.length).fill(-1);
  for (const [at, term] of vendorDenseTerms.entries()) sliceOf[term] = at * 2 * size;
  for (const [number, vendor] of vendorOrder.entries()) {
    const to = vendor + 1 < vendorStarts.length ? (vendorStarts.values[vendor + 1] as number) : vendorTerms.length;
    for (let at = vendorStarts.values[vendor] as number; at < to; at++) {
      const packed = vendorTerms.values[at] as number;
      const term = termNumbers[packed >>> 2] as number;
      if (isOfBranches[term] === 1) continue;
      const slice = sliceOf[term] as number;
      if (slice < 0) {
        const end = ends[term] as number;
        vendorPostings[end] = number * 4 + (packed & 3);
        ends[term] = end + 1;
        continue;
      }
      const word = slice + (number >>> 5);
      vendorBitSlices[word] = (vendorBitSlices[word] as number) | ((packed & 1) << (number & 31));
      vendorBitSlices[word + size] = (vendorBitSlices[word + size] as number) | (((packed >>> 1) & 1) << (number & 31));
    }
  }
}
