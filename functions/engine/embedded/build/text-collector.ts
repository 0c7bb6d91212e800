import type { Sections } from '../file/index-format.ts';
import { GrowableList } from './growable-buffers.ts';

type TextSection = 'textStarts' | 'textWords' | 'vendorTextStarts' | 'vendorTexts' | 'branchTextStarts' | 'branchTexts';

/** The lengths of the sections, and a function to write them. */
type TextSections = {
  readonly lengths: Record<TextSection, number>;
  fill(sections: Sections): void;
};

/** The orders of the file. */
type FileOrder = {
  /** The number of each collected term in the file. */
  readonly termNumbers: Uint32Array;
  /** The collected vendors and branches in the order of the file. */
  readonly vendorOrder: Uint32Array;
  readonly branchOrder: Uint32Array;
};

/** A text of fewer than two words: it has no phrase. */
export const NO_TEXT = -1;

/** Collects the words of texts in their order, for phrases that have no postings of their own. */
export class TextCollector {
  readonly #starts = new GrowableList();
  readonly #words = new GrowableList();
  /** The texts of vendor N: from its start to the next vendor's. Likewise for branches. */
  readonly #vendorStarts = new GrowableList();
  readonly #vendorTexts = new GrowableList();
  readonly #branchStarts = new GrowableList();
  readonly #branchTexts = new GrowableList();

  /** Adds a text by its words, as terms; returns its number. */
  add(words: readonly number[]): number {
    if (words.length < 2) return NO_TEXT;
    this.#starts.push(this.#words.length);
    for (const word of words) this.#words.push(word);
    return this.#starts.length - 1;
  }

  /** What follows belongs to the next vendor. */
  beginVendor(): void {
    this.#vendorStarts.push(this.#vendorTexts.length);
  }

  /** @param weight of the field that has the text */
  addToVendor(text: number, weight: number): void {
    if (text !== NO_TEXT) this.#vendorTexts.push(text * 4 + weight);
  }

  beginBranch(): void {
    this.#branchStarts.push(this.#branchTexts.length);
  }

  addToBranch(text: number): void {
    if (text !== NO_TEXT) this.#branchTexts.push(text);
  }

  finish({ termNumbers, vendorOrder, branchOrder }: FileOrder): TextSections {
    const [starts, words] = [this.#starts, this.#words];
    return {
      lengths: {
        textStarts: starts.length + 1,
        textWords: words.length,
        vendorTextStarts: vendorOrder.length + 1,
        vendorTexts: this.#vendorTexts.length,
        branchTextStarts: branchOrder.length + 1,
        branchTexts: this.#branchTexts.length,
      },
      fill: (sections) => {
        sections.textStarts.set(starts.values.subarray(0, starts.length));
        sections.textStarts[starts.length] = words.length;
        for (let at = 0; at < words.length; at++) {
          sections.textWords[at] = termNumbers[words.values[at] as number] as number;
        }
        fillLists(vendorOrder, this.#vendorStarts, this.#vendorTexts, sections.vendorTextStarts, sections.vendorTexts);
        fillLists(branchOrder, this.#branchStarts, this.#branchTexts, sections.branchTextStarts, sections.branchTexts);
      },
    };
  }
}

/** Writes the lists of collected items in another order. */
function fillLists(
  order: Uint32Array,
  collectedStarts: GrowableList,
  collected: GrowableList,
  starts: Uint32Array,
  values: Uint32Array,
): void {
  let at = 0;
  for (let number = 0; number < order.length; number++) {
    const item = order[number] as number;
    starts[number] = at;
    const end = item + 1 < collectedStarts.length ? collectedStarts.values[item + 1] : collected.length;
    for (let from = collectedStarts.values[item] as number; from < (end as number); from++) {
      values[at++] = collected.values[from] as number;
    }
  }
  starts[order.length] = at;
}
