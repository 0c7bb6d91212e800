import { suggestionTally, textAnalyzer } from '../../../model/text/suggestions.ts';
import type { Vendor } from '../../../model/vendor.ts';
import { ANY_STATUS } from '../file/index-format.ts';
import { SuggestionLists, type SuggestionSections } from './suggestion-lists.ts';
import type { TermCollector } from './term-collector.ts';

/** The collected release apart from its suggestions. */
type CollectedRelease = {
  readonly terms: TermCollector;
  /** The number of each term in the file. */
  readonly termNumbers: Uint32Array;
  readonly statuses: readonly string[];
  /** The number of branches of each vendor, and the status of each branch, in the order of the release. */
  readonly branchCounts: Uint32Array;
  readonly branchStatus: Uint32Array;
};

/**
 * Collects the suggestions of every status, as the model's `collectSuggestions` defines them. Foods and areas recur, so the model's tally
 * counts them. Nearly every vendor has a unique name, so names are stored as texts and words, and counted by sorting.
 */
export class SuggestionCollector {
  readonly #tally = suggestionTally(textAnalyzer(), ['food', 'area']);
  /** Its first texts are the vendors' names, by vendor. */
  readonly #lists = new SuggestionLists();
  #vendors = 0;

  /** @param nameWords the words of the vendor's name, as terms */
  add(vendor: Vendor, nameWords: readonly number[]): void {
    this.#tally.add(vendor);
    this.#lists.addText(vendor.name, nameWords);
    this.#vendors++;
  }

  finish(collected: CollectedRelease): SuggestionSections {
    const lists = this.#lists;
    for (const { type, tallies } of this.#tally.all()) {
      for (const { status, text, count } of tallies) {
        const number = status === null ? ANY_STATUS : collected.statuses.indexOf(status);
        lists.addRow(type, number, lists.addText(text, collected.terms.wordsOf(text)), count);
      }
    }
    this.#addNames(collected);
    return lists.sorted(collected.statuses.length, collected.termNumbers);
  }

  /** Sorts names by their stems, so that names with the same stems are adjacent. The first of them by code point is shown. */
  #addNames({ terms, statuses, branchCounts, branchStatus }: CollectedRelease): void {
    const lists = this.#lists;
    const stems = numbersOf(terms.stems);
    const order = Uint32Array.from({ length: this.#vendors }, (_, vendor) => vendor);
    order.sort((a, b) => lists.compareWords(a, b, stems) || lists.compareTexts(a, b));
    const ends = branchCounts.slice(0, order.length);
    for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] as number) + (ends[at - 1] as number);
    // Of the current group of equal names, by status: the first name, the number of vendors, and the last vendor counted.
    const names = new Uint32Array(statuses.length + 1);
    const counts = new Uint32Array(statuses.length + 1);
    const last = new Int32Array(statuses.length + 1).fill(-1);
    const count = (status: number, vendor: number) => {
      const slot = status - ANY_STATUS;
      if (last[slot] === vendor) return;
      last[slot] = vendor;
      if (counts[slot] === 0) names[slot] = vendor;
      counts[slot] = (counts[slot] as number) + 1;
    };
    for (let at = 0; at < order.length; at++) {
      const vendor = order[at] as number;
      const end = ends[vendor] as number;
      for (let branch = end - (branchCounts[vendor] as number); branch < end; branch++) {
        count(ANY_STATUS, vendor);
        count(branchStatus[branch] as number, vendor);
      }
      const next = order[at + 1];
      if (next !== undefined && lists.compareWords(vendor, next, stems) === 0) continue;
      for (let slot = 0; slot < counts.length; slot++) {
        if (counts[slot] !== 0)
          lists.addRow('vendor', slot + ANY_STATUS, names[slot] as number, counts[slot] as number);
      }
      counts.fill(0);
    }
  }
}

/** Numbers values; equal values have equal numbers. */
function numbersOf(values: readonly (string | null)[]): Uint32Array {
  const numbers = new Map<string | null, number>();
  return Uint32Array.from(values, (value) => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value) as number;
  });
}
