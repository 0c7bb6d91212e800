import type { Suggestion } from '../../../model/query.ts';
import { SUGGESTION_TYPES } from '../../../model/text/suggestions.ts';
import { type Sections, suggestionList } from '../file/index-format.ts';
import { GrowableList, GrowableTexts } from './growable-buffers.ts';

type SuggestionSection =
  | 'suggestionTextStarts'
  | 'suggestionTexts'
  | 'suggestionWordStarts'
  | 'suggestionWords'
  | 'suggestionStarts'
  | 'suggestions';

/** The lengths of the sections, and a function to write them. */
export type SuggestionSections = {
  readonly lengths: Record<SuggestionSection, number>;
  fill(sections: Sections): void;
};

/** Collects the texts and the rows of the lists of suggestions, and sorts both. */
export class SuggestionLists {
  readonly #texts = new GrowableTexts();
  readonly #wordStarts = new GrowableList();
  readonly #words = new GrowableList();
  /** By list: a text and its number of vendors in turn. */
  readonly #lists = new Map<number, GrowableList>();

  constructor() {
    this.#wordStarts.push(0);
  }

  /** Adds a text with its words; returns its number. Only texts that have a row are written. */
  addText(text: string, words: readonly number[]): number {
    for (const word of words) this.#words.push(word);
    this.#wordStarts.push(this.#words.length);
    return this.#texts.add(text);
  }

  /** Compares two texts word by word, by a number for each word. A text that is the beginning of another comes first. */
  compareWords(a: number, b: number, numbers: Uint32Array): number {
    const words = this.#words.values;
    const starts = this.#wordStarts.values;
    const common = Math.min(this.#countWords(a), this.#countWords(b));
    for (let at = 0; at < common; at++) {
      const word = words[(starts[a] as number) + at] as number;
      const other = words[(starts[b] as number) + at] as number;
      const difference = (numbers[word] as number) - (numbers[other] as number);
      if (difference !== 0) return difference;
    }
    return this.#countWords(a) - this.#countWords(b);
  }

  compareTexts(a: number, b: number): number {
    return this.#texts.compare(a, b);
  }

  #countWords(text: number): number {
    return (this.#wordStarts.values[text + 1] as number) - (this.#wordStarts.values[text] as number);
  }

  addRow(type: Suggestion['type'], status: number, text: number, count: number): void {
    const number = suggestionList(status, SUGGESTION_TYPES.indexOf(type));
    const list = this.#lists.get(number) ?? new GrowableList();
    this.#lists.set(number, list);
    list.push(text);
    list.push(count);
  }

  /**
   * Sorts each list: most vendors first, then the text with fewer words, then by code point.
   * @param termNumbers the number of each word in the file
   */
  sorted(statuses: number, termNumbers: Uint32Array): SuggestionSections {
    const written = this.#written();
    const positions = new Uint32Array(this.#texts.length);
    for (let at = 0; at < written.length; at++) positions[written[at] as number] = at;
    const lists = Array.from({ length: suggestionList(statuses, 0) }, (_, list) => this.#sortedRows(list, positions));
    const bytesOf = (text: number) => this.#texts.bytesOf(text);
    const [wordStarts, words] = [this.#wordStarts.values, this.#words.values];
    const sum = (lengthOf: (text: number) => number) => written.reduce((all, text) => all + lengthOf(text), 0);
    return {
      lengths: {
        suggestionTextStarts: written.length + 1,
        suggestionTexts: sum((text) => bytesOf(text).length),
        suggestionWordStarts: written.length + 1,
        suggestionWords: sum((text) => this.#countWords(text)),
        suggestionStarts: lists.length + 1,
        suggestions: lists.reduce((all, { length }) => all + length, 0),
      },
      fill(sections) {
        let [byte, word, row] = [0, 0, 0];
        for (let number = 0; number < written.length; number++) {
          const text = written[number] as number;
          sections.suggestionTextStarts[number] = byte;
          sections.suggestionTexts.set(bytesOf(text), byte);
          byte += bytesOf(text).length;
          sections.suggestionWordStarts[number] = word;
          for (let at = wordStarts[text] as number; at < (wordStarts[text + 1] as number); at++) {
            sections.suggestionWords[word++] = termNumbers[words[at] as number] as number;
          }
        }
        sections.suggestionTextStarts[written.length] = byte;
        sections.suggestionWordStarts[written.length] = word;
        for (const [number, list] of lists.entries()) {
          sections.suggestionStarts[number] = row;
          sections.suggestions.set(list, row);
          row += list.length;
        }
        sections.suggestionStarts[lists.length] = row;
      },
    };
  }

  /** The texts that have a row, in the order of code points. */
  #written(): Uint32Array {
    const isUsed = new Uint8Array(this.#texts.length);
    for (const { values, length } of this.#lists.values()) {
      for (let at = 0; at < length; at += 2) isUsed[values[at] as number] = 1;
    }
    const written = new Uint32Array(isUsed.length).map((_, text) => text).filter((text) => isUsed[text] === 1);
    return written.sort((a, b) => this.#texts.compare(a, b));
  }

  /** The sorted rows of a list, with the position of each text among the written ones. */
  #sortedRows(list: number, positions: Uint32Array): Uint32Array {
    const { values, length } = this.#lists.get(list) ?? new GrowableList();
    const text = (row: number) => values[row * 2] as number;
    const count = (row: number) => values[row * 2 + 1] as number;
    const rows = new Uint32Array(length / 2).map((_, row) => row);
    rows.sort(
      (a, b) =>
        count(b) - count(a) ||
        this.#countWords(text(a)) - this.#countWords(text(b)) ||
        (positions[text(a)] as number) - (positions[text(b)] as number),
    );
    const sorted = new Uint32Array(length);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      sorted[at * 2] = positions[text(row)] as number;
      sorted[at * 2 + 1] = count(row);
    }
    return sorted;
  }
}
