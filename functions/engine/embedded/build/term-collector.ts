import { type Field, WEIGHT } from '../../../model/ranking.ts';
import { stem } from '../../../model/text/stemming.ts';
import { tokens } from '../../../model/text/tokenizer.ts';
import type { Branch, Vendor } from '../../../model/vendor.ts';
import { phraseTerm } from '../file/term-dictionary.ts';
import { GrowableList } from './growable-buffers.ts';

/** Texts whose words are remembered: dishes, categories and areas come again and again; names and addresses do not. */
const REMEMBERED = 10_000;

const NONE: readonly string[][] = [];

/**
 * Collects the words of vendors and branches, each as entry x 4 + the weight of its best field. The phrases that a query can ask for are known
 * beforehand, because only the city's synonyms make them: so they are entries, and no positions are kept.
 */
export class TermCollector {
  readonly entries: string[] = [];
  /** Stem of each entry; `null` of phrases. */
  readonly stems: (string | null)[] = [];
  /** What vendor or branch N has: `ofVendors.values` from its start to the next one's. */
  readonly vendorStarts = new GrowableList();
  readonly ofVendors = new GrowableList();
  readonly branchStarts = new GrowableList();
  readonly ofBranches = new GrowableList();
  readonly #numbers = new Map<string, number>();
  readonly #phrases = new Map<string | undefined, string[][]>();
  readonly #remembered = new Map<string, readonly number[]>();
  /** By entry: the last vendor that has it, counted from 1. */
  #marks = new Uint32Array(1024);
  #vendor = 0;

  constructor(synonyms: readonly (readonly string[])[]) {
    for (const phrase of synonyms.flat()) {
      const stems = tokens(phrase).map(stem);
      this.#phrases.set(stems[0], [...(this.#phrases.get(stems[0]) ?? []), stems]);
    }
  }

  /** Returns the words of the vendor's name. */
  add(vendor: Vendor): readonly number[] {
    this.#vendor++;
    this.vendorStarts.push(this.ofVendors.length);
    // The heaviest first, so that the first mark is the best.
    for (const item of vendor.items) this.#mark('items', this.#remember(item));
    for (const text of vendor.searchText) this.#mark('items', this.#remember(text));
    const name = this.#entriesOf(vendor.name);
    this.#mark('name', name);
    for (const name of vendor.otherNames) this.#mark('name', this.#entriesOf(name));
    for (const category of vendor.categories) this.#mark('category', this.#remember(category));
    for (const branch of vendor.branches) this.#addBranch(branch);
    return this.#withoutPhrases(name);
  }

  /** The words of a text, as entries. */
  wordsOf(text: string): readonly number[] {
    return this.#withoutPhrases(this.#entriesOf(text));
  }

  #withoutPhrases(entries: readonly number[]): readonly number[] {
    return entries.filter((entry) => this.stems[entry] !== null);
  }

  /** Only what its vendor has not: whatever a vendor has weighs at least as much. */
  #addBranch({ address, area }: Branch): void {
    const { ofBranches } = this;
    const start = ofBranches.length;
    this.branchStarts.push(start);
    if (address !== null) this.#addOwn(this.#entriesOf(address), start);
    if (area !== null) this.#addOwn(this.#remember(area), start);
  }

  #addOwn(entries: readonly number[], start: number): void {
    const { ofBranches } = this;
    for (const entry of entries) {
      if (this.#marks[entry] === this.#vendor) continue;
      const packed = entry * 4 + WEIGHT.address;
      if (!ofBranches.values.subarray(start, ofBranches.length).includes(packed)) ofBranches.push(packed);
    }
  }

  #mark(field: Field, entries: readonly number[]): void {
    for (const entry of entries) {
      if (this.#marks[entry] === this.#vendor) continue;
      this.#marks[entry] = this.#vendor;
      this.ofVendors.push(entry * 4 + WEIGHT[field]);
    }
  }

  #remember(text: string): readonly number[] {
    let entries = this.#remembered.get(text);
    if (!entries) {
      entries = this.#entriesOf(text);
      if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
      this.#remembered.set(text, entries);
    }
    return entries;
  }

  #entriesOf(text: string): readonly number[] {
    const entries = tokens(text).map((word) => this.#number(word, stem));
    const words = entries.length;
    if (words > 0) this.#addPhrases(entries, words, 0, undefined);
    for (let at = 0; at < words; at++) this.#addPhrases(entries, words, at, this.#stemOf(entries, at));
    return entries;
  }

  #stemOf(entries: readonly number[], at: number): string {
    return this.stems[entries[at] as number] ?? '';
  }

  /** Adds the phrases that begin with the word at a place. */
  #addPhrases(entries: number[], words: number, at: number, first: string | undefined): void {
    for (const phrase of this.#phrases.get(first) ?? NONE) {
      if (phrase.length > words - at) continue;
      if (!phrase.every((one, offset) => one === this.#stemOf(entries, at + offset))) continue;
      entries.push(this.#number(phraseTerm(phrase), () => null));
    }
  }

  #number(text: string, stemOf: (text: string) => string | null): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.entries.length;
      this.#numbers.set(text, number);
      this.entries.push(text);
      this.stems.push(stemOf(text));
      if (number === this.#marks.length) {
        const more = new Uint32Array(number * 2);
        more.set(this.#marks);
        this.#marks = more;
      }
    }
    return number;
  }
}
