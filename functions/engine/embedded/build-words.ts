import { type Field, WEIGHT } from '../../model/ranking.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import { stem, tokens } from '../../model/words.ts';
import { GrowingList } from './growing.ts';
import { phraseEntry } from './phrase.ts';

/** Texts whose words are remembered: menus and streets come again and again. */
const REMEMBERED = 100_000;

/**
 * Collects the words of vendors and branches, each as entry x 4 + the weight of its best field. The phrases that a query can ask for are known
 * beforehand, because only the city's synonyms make them: so they are entries, and no positions are kept.
 */
export class WordCollector {
  readonly entries: string[] = [];
  /** Stem of each entry; `null` of phrases. */
  readonly stems: (string | null)[] = [];
  /** What vendor or branch N has: `ofVendors.values` from its start to the next one's. */
  readonly vendorStarts = new GrowingList();
  readonly ofVendors = new GrowingList();
  readonly branchStarts = new GrowingList();
  readonly ofBranches = new GrowingList();
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

  add(vendor: Vendor): void {
    this.#vendor++;
    this.vendorStarts.push(this.ofVendors.length);
    // The heaviest first, so that the first mark is the best.
    this.#mark('items', vendor.items);
    this.#mark('items', vendor.searchText);
    this.#mark('name', [vendor.name, ...vendor.otherNames]);
    this.#mark('category', vendor.categories);
    for (const branch of vendor.branches) this.#addBranch(branch);
  }

  /** Only what its vendor has not: whatever a vendor has weighs at least as much. */
  #addBranch({ address, area }: Branch): void {
    const { ofBranches } = this;
    const start = ofBranches.length;
    this.branchStarts.push(start);
    for (const text of [address, area]) {
      if (text === null) continue;
      for (const entry of this.#entriesOf(text)) {
        if (this.#marks[entry] === this.#vendor) continue;
        const packed = entry * 4 + WEIGHT.address;
        if (!ofBranches.values.subarray(start, ofBranches.length).includes(packed)) ofBranches.push(packed);
      }
    }
  }

  #mark(field: Field, texts: readonly string[]): void {
    for (const text of texts) {
      for (const entry of this.#entriesOf(text)) {
        if (this.#marks[entry] === this.#vendor) continue;
        this.#marks[entry] = this.#vendor;
        this.ofVendors.push(entry * 4 + WEIGHT[field]);
      }
    }
  }

  #entriesOf(text: string): readonly number[] {
    const remembered = this.#remembered.get(text);
    if (remembered) return remembered;
    const entries = tokens(text).map((word) => this.#number(word, stem));
    const stems = entries.map((entry) => this.stems[entry] ?? '');
    const starts = entries.length > 0 ? [...this.#phrasesAt(stems, 0, undefined)] : [];
    for (const [at, first] of stems.entries()) starts.push(...this.#phrasesAt(stems, at, first));
    entries.push(...starts.map((phrase) => this.#number(phraseEntry(phrase), () => null)));
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
    this.#remembered.set(text, entries);
    return entries;
  }

  #phrasesAt(stems: readonly string[], at: number, first: string | undefined): string[][] {
    const phrases = this.#phrases.get(first) ?? [];
    return phrases.filter((phrase) => phrase.every((one, offset) => stems[at + offset] === one));
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
