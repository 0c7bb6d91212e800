import { WEIGHT } from '../../../model/ranking.ts';
import type { Phrase } from '../../../model/text/vocabulary/vocabulary-entry.ts';
import type { Steps } from '../../../model/time-slices.ts';
import type { Sections } from '../file/index-format.ts';
import type { PostingSections } from '../file/posting-sections.ts';
import { blockOf } from '../geo/cell-ranges.ts';
import { phrasePostings, stemTerms } from './clause-postings.ts';
import type { Intersection } from './intersection.ts';
import type { PostingList } from './posting-reader.ts';
import { WEIGHT_CODES } from './term-scores.ts';

/** Phrases whose branches are kept, besides those of the last query: a relaxed search looks for the same ones up to twelve times. */
const KEPT_PHRASES = 4;

/** The branches whose texts are read in a step: some 0.5 µs each. */
const BRANCHES_PER_STEP = 4_096;

/** Marks a text that was not read yet. */
const NOT_READ = 2;

/**
 * Finds phrases that have no postings, which only the phrases of the vocabularies have: quoted words, and phrases in other scripts. Reads
 * the texts of the branches that have all of its words.
 */
export class UnindexedPhrases {
  readonly #sections: Sections;
  readonly #postings: PostingSections;
  readonly #intersection: Intersection;
  readonly #ids: Uint32Array;
  /** By text: 1 if it has the phrase, 0 if not, or {@link NOT_READ}. */
  readonly #texts: Uint8Array;
  /** The terms of each word of the phrase. */
  #words: readonly ReadonlySet<number>[] = [];
  /** By phrase; the last one found is the last. */
  readonly #kept = new Map<string, readonly PostingList[]>();

  constructor(sections: Sections, postings: PostingSections, intersection: Intersection) {
    this.#sections = sections;
    this.#postings = postings;
    this.#intersection = intersection;
    this.#ids = new Uint32Array(sections.branchVendor.length);
    this.#texts = new Uint8Array(sections.textStarts.length - 1);
  }

  /** Looks for phrases, so that {@link find} returns them. */
  *look(phrases: readonly Phrase[]): Steps<void> {
    const kept = this.#kept;
    for (const phrase of phrases) {
      const key = phrase.join(' ');
      const found = kept.get(key) ?? (yield* this.#look(phrase));
      kept.delete(key);
      kept.set(key, found);
    }
    for (const oldest of kept.keys()) {
      if (kept.size <= Math.max(KEPT_PHRASES, phrases.length)) break;
      kept.delete(oldest);
    }
  }

  /** The branches that have the words of a phrase next to each other within one text; `undefined` if they were not looked for lately. */
  find(phrase: Phrase): readonly PostingList[] | undefined {
    return this.#kept.get(phrase.join(' '));
  }

  *#look(phrase: Phrase): Steps<PostingList[]> {
    const words = phrase.map((one) => phrasePostings(this.#postings, [[one]]));
    if (words.some(({ length }) => length === 0)) return [];
    this.#words = phrase.map((one) => new Set(stemTerms(this.#postings, one)));
    this.#texts.fill(NOT_READ);
    const ids = this.#ids;
    const count = this.#intersection.intersect(words, blockOf(null, 0, ids.length, ids.length), ids);
    const list = new Uint32Array(count);
    let length = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const weight = this.#vendorWeight(branch) || this.#branchWeight(branch);
      if (weight > 0) list[length++] = branch * 4 + weight;
      if (at % BRANCHES_PER_STEP === BRANCHES_PER_STEP - 1) yield;
    }
    return [{ postings: list.slice(0, length), from: 0, to: length, count: length, slice: -1, codes: WEIGHT_CODES }];
  }

  /** 1 if a text has the phrase, otherwise 0. A text is read once. */
  #hasPhrase(text: number): number {
    const known = this.#texts[text] as number;
    if (known !== NOT_READ) return known;
    const { textStarts, textWords } = this.#sections;
    const words = this.#words;
    const last = (textStarts[text + 1] as number) - words.length;
    let has = 0;
    for (let at = textStarts[text] as number; at <= last && has === 0; at++) {
      has = words.every((terms, offset) => terms.has(textWords[at + offset] as number)) ? 1 : 0;
    }
    this.#texts[text] = has;
    return has;
  }

  /** The weight of the best field of a branch's vendor that has the phrase; 0 if none has. */
  #vendorWeight(branch: number): number {
    const { branchVendor, vendorTextStarts, vendorTexts } = this.#sections;
    const vendor = branchVendor[branch] as number;
    let best = 0;
    for (let at = vendorTextStarts[vendor] as number; at < (vendorTextStarts[vendor + 1] as number); at++) {
      const packed = vendorTexts[at] as number;
      if ((packed & 3) > best && this.#hasPhrase(packed >>> 2) === 1) best = packed & 3;
    }
    return best;
  }

  #branchWeight(branch: number): number {
    const { branchTextStarts, branchTexts } = this.#sections;
    for (let at = branchTextStarts[branch] as number; at < (branchTextStarts[branch + 1] as number); at++) {
      if (this.#hasPhrase(branchTexts[at] as number) === 1) return WEIGHT.address;
    }
    return 0;
  }
}
