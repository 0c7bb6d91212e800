import { WEIGHT } from '../../../model/ranking.ts';
import { hasPhrase } from '../../../model/text/matching.ts';
import { stem } from '../../../model/text/stemming.ts';
import { tokens } from '../../../model/text/tokenizer.ts';
import type { Phrase } from '../../../model/text/vocabulary/vocabulary-entry.ts';
import type { Branch, Vendor } from '../../../model/vendor.ts';
import type { Sections } from '../file/index-format.ts';
import { phrasePostings } from './clause-postings.ts';
import type { Intersection } from './intersection.ts';
import type { PostingList } from './posting-reader.ts';
import { WEIGHT_CODES } from './term-scores.ts';

/** Reads a vendor by its number. */
export type ReadVendor = (vendor: number) => Vendor;

/**
 * Finds phrases that are not in the index, which holds only those that the vocabularies know and has no positions: reads the texts of the
 * vendors that have all of the words. That costs about 10 us per vendor (2026-11-26), and only quoted words and phrases in other scripts
 * need it.
 */
export class UnindexedPhrases {
  readonly #sections: Sections;
  readonly #intersection: Intersection;
  readonly #readVendor: ReadVendor;

  constructor(sections: Sections, intersection: Intersection, readVendor: ReadVendor) {
    this.#sections = sections;
    this.#intersection = intersection;
    this.#readVendor = readVendor;
  }

  /** The branches that have the words of a phrase next to each other within one text. */
  find(phrase: Phrase): PostingList[] {
    const words = phrase.map((one) => phrasePostings(this.#sections, [[one]]));
    if (words.some(({ length }) => length === 0)) return [];
    const ids = new Uint32Array(this.#sections.branchVendor.length);
    const count = this.#intersection.intersect(words, null, ids);
    const postings: number[] = [];
    const weights = new Map<number, number>();
    for (const branch of ids.subarray(0, count)) {
      const number = this.#sections.branchVendor[branch] as number;
      const vendor = this.#readVendor(number);
      const shared = weights.get(number) ?? vendorWeight(vendor, phrase);
      weights.set(number, shared);
      const weight = shared || branchWeight(vendor.branches[this.#placeOf(branch, number)] as Branch, phrase);
      if (weight > 0) postings.push(branch * 4 + weight);
    }
    const list = Uint32Array.from(postings);
    return [{ postings: list, from: 0, to: list.length, count: list.length, slice: -1, codes: WEIGHT_CODES }];
  }

  /** A branch's place among its vendor's. */
  #placeOf(branch: number, vendor: number): number {
    const { vendorStarts, vendorBranches } = this.#sections;
    const first = vendorStarts[vendor] as number;
    return vendorBranches.subarray(first, vendorStarts[vendor + 1]).indexOf(branch);
  }
}

function vendorWeight({ items, searchText, name, otherNames, categories }: Vendor, phrase: Phrase): number {
  if ([...items, ...searchText, name, ...otherNames].some((text) => isIn(text, phrase))) return WEIGHT.items;
  return categories.some((text) => isIn(text, phrase)) ? WEIGHT.category : 0;
}

function branchWeight({ address, area, descriptions }: Branch, phrase: Phrase): number {
  return [address, area, ...descriptions].some((text) => text !== null && isIn(text, phrase)) ? WEIGHT.address : 0;
}

function isIn(text: string, phrase: Phrase): boolean {
  return hasPhrase(tokens(text).map(stem), phrase);
}
