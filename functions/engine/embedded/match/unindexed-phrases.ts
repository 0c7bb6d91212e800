import { WEIGHT } from '../../../model/ranking.ts';
import type { Phrase } from '../../../model/text/vocabulary/vocabulary-entry.ts';
import type { Sections } from '../file/index-format.ts';
import type { PostingSections } from '../file/posting-sections.ts';
import { phrasePostings, stemTerms } from './clause-postings.ts';
import type { Intersection } from './intersection.ts';
import type { PostingList } from './posting-reader.ts';
import { WEIGHT_CODES } from './term-scores.ts';

/** Phrases whose branches are kept: a relaxed search looks for the same ones up to twelve times. */
const KEPT_PHRASES = 4;

/**
 * Finds phrases that have no postings, which only the phrases of the vocabularies have: quoted words, and phrases in other scripts. Looks for
 * the phrase in the words of every text, then for the branches that have such a text among those that have all of its words.
 */
export class UnindexedPhrases {
  readonly #sections: Sections;
  readonly #postings: PostingSections;
  readonly #intersection: Intersection;
  readonly #ids: Uint32Array;
  /** By text: 1 if it has the phrase. */
  readonly #texts: Uint8Array;
  /** By term: 1 if it may be the first word of the phrase. */
  readonly #isFirst: Uint8Array;
  /** By phrase; the last one found is the last. */
  readonly #kept = new Map<string, PostingList[]>();

  constructor(sections: Sections, postings: PostingSections, intersection: Intersection) {
    this.#sections = sections;
    this.#postings = postings;
    this.#intersection = intersection;
    this.#ids = new Uint32Array(sections.branchVendor.length);
    this.#texts = new Uint8Array(sections.textStarts.length - 1);
    this.#isFirst = new Uint8Array(sections.termStarts.length);
  }

  /** The branches that have the words of a phrase next to each other within one text. */
  find(phrase: Phrase): PostingList[] {
    const key = phrase.join(' ');
    const found = this.#kept.get(key) ?? this.#find(phrase);
    this.#kept.delete(key);
    this.#kept.set(key, found);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_PHRASES) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  #find(phrase: Phrase): PostingList[] {
    const words = phrase.map((one) => phrasePostings(this.#postings, [[one]]));
    if (words.some(({ length }) => length === 0) || this.#findTexts(phrase) === 0) return [];
    const count = this.#intersection.intersect(words, null, this.#ids);
    const list = new Uint32Array(count);
    let length = 0;
    for (let at = 0; at < count; at++) {
      const branch = this.#ids[at] as number;
      const weight = this.#vendorWeight(branch) || this.#branchWeight(branch);
      if (weight > 0) list[length++] = branch * 4 + weight;
    }
    return [{ postings: list.slice(0, length), from: 0, to: length, count: length, slice: -1, codes: WEIGHT_CODES }];
  }

  /** Marks the texts that have a phrase; returns how many. */
  #findTexts(phrase: Phrase): number {
    const { textStarts, textWords } = this.#sections;
    const [first = [], ...others] = phrase.map((one) => stemTerms(this.#postings, one));
    const following = others.map((terms) => new Set(terms));
    const isFirst = this.#isFirst;
    for (const term of first) isFirst[term] = 1;
    const texts = this.#texts;
    let found = 0;
    for (let text = 0; text < texts.length; text++) {
      const last = (textStarts[text + 1] as number) - phrase.length;
      let has = 0;
      for (let at = textStarts[text] as number; at <= last && has === 0; at++) {
        if (isFirst[textWords[at] as number] === 0) continue;
        has = following.every((terms, offset) => terms.has(textWords[at + 1 + offset] as number)) ? 1 : 0;
      }
      texts[text] = has;
      found += has;
    }
    for (const term of first) isFirst[term] = 0;
    return found;
  }

  /** The weight of the best field of a branch's vendor that has the phrase; 0 if none has. */
  #vendorWeight(branch: number): number {
    const { branchVendor, vendorTextStarts, vendorTexts } = this.#sections;
    const vendor = branchVendor[branch] as number;
    let best = 0;
    for (let at = vendorTextStarts[vendor] as number; at < (vendorTextStarts[vendor + 1] as number); at++) {
      const packed = vendorTexts[at] as number;
      if (this.#texts[packed >>> 2] === 1) best = Math.max(best, packed & 3);
    }
    return best;
  }

  #branchWeight(branch: number): number {
    const { branchTextStarts, branchTexts } = this.#sections;
    for (let at = branchTextStarts[branch] as number; at < (branchTextStarts[branch + 1] as number); at++) {
      if (this.#texts[branchTexts[at] as number] === 1) return WEIGHT.address;
    }
    return 0;
  }
}
