import type { Sections } from '../file/index-format.ts';
import { layOutPostings, PostingWriter } from '../file/posting-layout.ts';
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
  const layout = layOutPostings(counts, vendorOrder.length);
  return {
    lengths: {
      vendorPostingStarts: layout.starts.length,
      vendorPostings: layout.starts.at(-1) as number,
      vendorDenseTerms: layout.dense.length,
      vendorDenseCounts: layout.dense.length,
      vendorBitSlices: layout.sliceWords,
    },
    // Vendor by vendor in the order of the index, so that the postings of each term are ascending.
    fill(sections) {
      const writer = new PostingWriter(layout, vendorOrder.length, {
        postingStarts: sections.vendorPostingStarts,
        postings: sections.vendorPostings,
        denseTerms: sections.vendorDenseTerms,
        denseCounts: sections.vendorDenseCounts,
        bitSlices: sections.vendorBitSlices,
      });
      const { vendorStarts } = collected;
      for (const [number, vendor] of vendorOrder.entries()) {
        const to = vendor + 1 < vendorStarts.length ? (vendorStarts.values[vendor + 1] as number) : vendorTerms.length;
        for (let at = vendorStarts.values[vendor] as number; at < to; at++) {
          const packed = vendorTerms.values[at] as number;
          const term = termNumbers[packed >>> 2] as number;
          if (isOfBranches[term] === 0) writer.write(term, number, packed & 3);
        }
      }
    },
  };
}
