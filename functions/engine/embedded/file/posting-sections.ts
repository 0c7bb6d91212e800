import type { Quality } from '../../../model/ranking.ts';
import type { QueryTerm } from '../../../model/text/parsed-query.ts';
import type { Sections } from './index-format.ts';

/** Words of the data, by number, and how well each matches a term of a query. */
export type MatchingTerms = ReadonlyMap<number, Quality>;

/** The words that match a term without typos, and with them: a query may look for its words in vendors and then in branches. */
export type MatchingTermCache = readonly [WeakMap<QueryTerm, MatchingTerms>, WeakMap<QueryTerm, MatchingTerms>];

/** The terms of an index with their postings in branches or in vendors, which have the same form. */
export type PostingSections = Pick<
  Sections,
  'termStarts' | 'terms' | 'stemStarts' | 'stems' | 'stemWordStarts' | 'stemWords' | 'postingStarts' | 'postings'
> &
  Pick<Sections, 'denseTerms' | 'denseCounts' | 'bitSlices'> & {
    /** The number of branches or vendors. */
    readonly size: number;
    readonly matchingTerms: MatchingTermCache;
  };

/** All terms, with their postings in branches. */
export function branchPostings(sections: Sections, matchingTerms: MatchingTermCache): PostingSections {
  return { ...sections, size: sections.branchVendor.length, matchingTerms };
}

/** The terms that only vendors have, with their postings in vendors. */
export function vendorPostings(sections: Sections, matchingTerms: MatchingTermCache): PostingSections {
  return {
    ...sections,
    postingStarts: sections.vendorPostingStarts,
    postings: sections.vendorPostings,
    denseTerms: sections.vendorDenseTerms,
    denseCounts: sections.vendorDenseCounts,
    bitSlices: sections.vendorBitSlices,
    size: sections.vendorStarts.length - 1,
    matchingTerms,
  };
}
