import { type Field, WEIGHT } from '../../../model/ranking.ts';
import { DataWordCollector } from '../../../model/text/data-words.ts';
import type { DataWords } from '../../../model/text/parsed-query.ts';
import { stem } from '../../../model/text/stemming.ts';
import { joinedForms, joinedNames, tokens } from '../../../model/text/tokenizer.ts';
import type { Vocabulary } from '../../../model/text/vocabulary/compiled-vocabulary.ts';
import type { Branch, Vendor } from '../../../model/vendor.ts';
import { isPhraseTerm, phraseTerm } from '../file/term-dictionary.ts';
import { GrowableList } from './growable-buffers.ts';
import { NO_TEXT, TextCollector } from './text-collector.ts';

/** The number of texts whose terms are cached: dishes, categories and areas recur; names and addresses do not. */
const MAX_CACHED_TEXTS = 10_000;

/** A text as its terms, and its number among the texts that may have phrases. */
type ReadText = { readonly terms: readonly number[]; readonly text: number };

const NONE: readonly (readonly string[])[] = [];

/**
 * Collects the terms of vendors and branches, each as term x 4 + the weight of the best field that has it. Mostly the phrases of the
 * vocabularies are searched: these are terms too, and others are looked for in the words of the texts. A hyphenated word is also a term written as one (`7-Up`
 * is `7up`), which only its stem finds, as are two neighbouring words of a name (`Sun Rise`) and the words of a description.
 */
export class TermCollector {
  readonly terms: string[] = [];
  /** The stem of each term; `null` for phrases of several words. */
  readonly stems: (string | null)[] = [];
  /** The terms of vendor N: `vendorTerms` from its start to the next vendor's. Likewise for branches. */
  readonly vendorStarts = new GrowableList();
  readonly vendorTerms = new GrowableList();
  readonly branchStarts = new GrowableList();
  readonly branchTerms = new GrowableList();
  readonly texts = new TextCollector();
  readonly #numbers = new Map<string, number>();
  readonly #phrases = new Map<string, (readonly string[])[]>();
  readonly #dataWords: DataWordCollector;
  readonly #cache = new Map<string, ReadText>();
  /** By term: the last vendor that has it, counted from 1. */
  #lastVendor = new Uint32Array(1024);
  #vendors = 0;

  constructor(vocabulary: Vocabulary) {
    this.#dataWords = new DataWordCollector(vocabulary);
    for (const phrase of vocabulary.phrases()) {
      const first = phrase[0] as string;
      this.#phrases.set(first, [...(this.#phrases.get(first) ?? []), phrase]);
    }
  }

  /** What the query parser must know of the vendors collected. */
  dataWords(): DataWords {
    return this.#dataWords.result();
  }

  /** Returns the words of the vendor's name, as terms. */
  add(vendor: Vendor): readonly number[] {
    this.#vendors++;
    this.vendorStarts.push(this.vendorTerms.length);
    this.texts.beginVendor();
    // The heaviest fields first: only the first occurrence of a term counts.
    for (const item of vendor.items) this.#addToVendor('items', this.#readCached(item));
    for (const text of vendor.searchText) this.#addToVendor('items', this.#readCached(text));
    const name = this.#read(vendor.name);
    this.#addToVendor('name', name);
    for (const name of vendor.otherNames) this.#addToVendor('name', this.#read(name));
    for (const text of [vendor.name, ...vendor.otherNames]) {
      const words = tokens(text);
      this.#addToVendor('name', { terms: this.#joinedTerms(joinedNames(words)), text: NO_TEXT });
      this.#dataWords.addName(words);
    }
    for (const category of vendor.categories) this.#addToVendor('category', this.#readCached(category));
    for (const branch of vendor.branches) this.#addBranch(branch);
    return this.#withoutPhrases(name.terms);
  }

  /** The words of a text, as terms. */
  wordsOf(text: string): readonly number[] {
    return this.#withoutPhrases(this.#termsOf(text, this.#wordsOf(text)));
  }

  #withoutPhrases(terms: readonly number[]): readonly number[] {
    return terms.filter((term) => !isPhraseTerm(this.terms[term] as string));
  }

  /** Adds only terms that the vendor does not have, because a vendor's fields weigh at least as much as a branch's. */
  #addBranch({ address, area, descriptions }: Branch): void {
    const { branchTerms } = this;
    const start = branchTerms.length;
    this.branchStarts.push(start);
    this.texts.beginBranch();
    if (address !== null) this.#addToBranch(this.#read(address), start);
    if (area !== null) this.#addToBranch(this.#readCached(area), start);
    for (const text of descriptions) this.#addToBranch(this.#readStems(text), start);
  }

  #addToBranch({ terms, text }: ReadText, start: number): void {
    const { branchTerms } = this;
    this.texts.addToBranch(text);
    for (const term of terms) {
      if (this.#lastVendor[term] === this.#vendors) continue;
      const packed = term * 4 + WEIGHT.address;
      if (!branchTerms.values.subarray(start, branchTerms.length).includes(packed)) branchTerms.push(packed);
    }
  }

  #addToVendor(field: Field, { terms, text }: ReadText): void {
    this.texts.addToVendor(text, WEIGHT[field]);
    for (const term of terms) {
      if (this.#lastVendor[term] === this.#vendors) continue;
      this.#lastVendor[term] = this.#vendors;
      this.vendorTerms.push(term * 4 + WEIGHT[field]);
    }
  }

  #readCached(text: string): ReadText {
    let read = this.#cache.get(text);
    if (!read) {
      read = this.#read(text);
      if (this.#cache.size >= MAX_CACHED_TEXTS) this.#cache.clear();
      this.#cache.set(text, read);
    }
    return read;
  }

  #read(text: string): ReadText {
    const words = this.#wordsOf(text);
    return { terms: this.#termsOf(text, words), text: this.texts.add(words) };
  }

  #wordsOf(text: string): number[] {
    return tokens(text).map((word) => this.#number(word, stem));
  }

  #termsOf(text: string, words: readonly number[]): readonly number[] {
    const stems = words.map((word) => this.stems[word] ?? '');
    return [...words, ...this.#phrasesIn(stems), ...this.#joinedTerms(joinedForms(text))];
  }

  /** A text of which only stems are found. The query parser does not know its words. */
  #readStems(text: string): ReadText {
    const stems = tokens(text).map(stem);
    const words = stems.map((own) => this.#stemTerm(own));
    const joined = joinedForms(text).map((form) => this.#stemTerm(stem(form)));
    return { terms: [...words, ...joined, ...this.#phrasesIn(stems)], text: this.texts.add(words) };
  }

  /** The terms of words that the text has in two parts; only their stems find them. */
  #joinedTerms(joined: readonly string[]): number[] {
    return joined.map((word) => {
      this.#dataWords.addWord(word);
      return this.#stemTerm(stem(word));
    });
  }

  #stemTerm(own: string): number {
    return this.#number(phraseTerm([own]), () => own);
  }

  /** The synonym phrases of a text. */
  #phrasesIn(stems: readonly string[]): number[] {
    const found: number[] = [];
    for (let at = 0; at < stems.length; at++) {
      for (const phrase of this.#phrases.get(stems[at] as string) ?? NONE) {
        if (phrase.length > stems.length - at) continue;
        if (!phrase.every((one, offset) => one === stems[at + offset])) continue;
        found.push(this.#number(phraseTerm(phrase), () => null));
      }
    }
    return found;
  }

  #number(text: string, stemOf: (text: string) => string | null): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.terms.length;
      this.#numbers.set(text, number);
      this.terms.push(text);
      this.stems.push(stemOf(text));
      if (!isPhraseTerm(text)) this.#dataWords.addWord(text);
      if (number === this.#lastVendor.length) {
        const more = new Uint32Array(number * 2);
        more.set(this.#lastVendor);
        this.#lastVendor = more;
      }
    }
    return number;
  }
}
