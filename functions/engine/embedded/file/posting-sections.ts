import type { Sections } from './index-format.ts';

/** The terms of an index with their postings in branches or in vendors, which have the same form. */
export type PostingSections = Pick<
  Sections,
  'termStarts' | 'terms' | 'stemStarts' | 'stems' | 'stemWordStarts' | 'stemWords' | 'postingStarts' | 'postings'
> &
  Pick<Sections, 'denseTerms' | 'denseCounts' | 'bitSlices'> & {
    /** The number of branches or vendors. */
    readonly size: number;
  };

/** All terms, with their postings in branches. */
export function branchPostings(sections: Sections): PostingSections {
  return { ...sections, size: sections.branchVendor.length };
}

/** The terms that only vendors have, with their postings in vendors. */
export function vendorPostings(sections: Sections): PostingSections {
  return {
    ...sections,
    postingStarts: sections.vendorPostingStarts,
    postings: sections.vendorPostings,
    denseTerms: sections.vendorDenseTerms,
    denseCounts: sections.vendorDenseCounts,
    bitSlices: sections.vendorBitSlices,
    size: sections.vendorStarts.length - 1,
  };
}
