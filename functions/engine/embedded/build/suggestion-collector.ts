import { suggestionTally, textAnalyzer } from '../../../model/text/suggestions.ts';
import type { Vendor } from '../../../model/vendor.ts';
import { ANY_STATUS } from '../file/index-format.ts';
import { SuggestionLists, type SuggestionSections } from './suggestion-lists.ts';
import type { TermCollector } from './term-collector.ts';

/** What was collected of the release beside the suggestions. */
type Collected = {
  readonly words: TermCollector;
  /** An entry's number in the file. */
  readonly numbers: Uint32Array;
  readonly statuses: readonly string[];
  /** Branches of each vendor, and the statuses of all of them, in the order in which they were added. */
  readonly branchCounts: Uint32Array;
  readonly branchStatus: Uint32Array;
};

/**
 * Collects what can be suggested, as the model's `collectSuggestions` says it for each status. Of foods and areas the same come again
 * and again, and the model's tally counts them; nearly each vendor has a name of its own, of which only the text and its words are kept.
 */
export class SuggestionCollector {
  readonly #tally = suggestionTally(textAnalyzer(), ['food', 'area']);
  /** The first texts are the vendors' names. */
  readonly #rows = new SuggestionLists();
  #vendors = 0;

  /** @param nameWords the words of the vendor's name, as entries */
  add(vendor: Vendor, nameWords: readonly number[]): void {
    this.#tally.add(vendor);
    this.#rows.keep(vendor.name, nameWords);
    this.#vendors++;
  }

  /** Makes the lists, and says how much room they take and how they are filled in. */
  finish(collected: Collected): SuggestionSections {
    const rows = this.#rows;
    for (const { type, tallies } of this.#tally.all()) {
      for (const { status, text, count } of tallies) {
        const number = status === null ? ANY_STATUS : collected.statuses.indexOf(status);
        rows.add(type, number, rows.keep(text, collected.words.wordsOf(text)), count);
      }
    }
    this.#addNames(collected);
    return rows.inOrder(collected.statuses.length, collected.numbers);
  }

  /** Names that read the same stand together when they are sorted by their stems, and the first by code point is shown. */
  #addNames({ words, statuses, branchCounts, branchStatus }: Collected): void {
    const rows = this.#rows;
    const stems = numbersOf(words.stems);
    const order = Uint32Array.from({ length: this.#vendors }, (_, vendor) => vendor);
    order.sort((a, b) => rows.compareWords(a, b, stems) || rows.compareTexts(a, b));
    const ends = branchCounts.slice(0, order.length);
    for (let at = 1; at < ends.length; at++) ends[at] = (ends[at] as number) + (ends[at - 1] as number);
    // By status, of one group after the other: its first name, how many vendors have one, and the last vendor that was counted.
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
      if (next !== undefined && rows.compareWords(vendor, next, stems) === 0) continue;
      for (let slot = 0; slot < counts.length; slot++) {
        if (counts[slot] !== 0) rows.add('vendor', slot + ANY_STATUS, names[slot] as number, counts[slot] as number);
      }
      counts.fill(0);
    }
  }
}

/** Equal values have equal numbers. */
function numbersOf(values: readonly (string | null)[]): Uint32Array {
  const numbers = new Map<string | null, number>();
  return Uint32Array.from(values, (value) => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value) as number;
  });
}
