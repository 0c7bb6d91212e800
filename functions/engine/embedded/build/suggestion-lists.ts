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

/** How much room the sections take, and how they are filled in. */
export type SuggestionSections = {
  readonly lengths: Record<SuggestionSection, number>;
  fill(sections: Sections): void;
};

/** Collects texts and the rows of lists of suggestions, and puts both in order. */
export class SuggestionLists {
  readonly #texts = new GrowableTexts();
  readonly #wordStarts = new GrowableList();
  readonly #words = new GrowableList();
  /** A text and a count in turn, by list. */
  readonly #lists = new Map<number, GrowableList>();

  constructor() {
    this.#wordStarts.push(0);
  }

  /** Keeps a text with its words, and returns its number. Only texts that have a row are written. */
  keep(text: string, words: readonly number[]): number {
    for (const word of words) this.#words.push(word);
    this.#wordStarts.push(this.#words.length);
    return this.#texts.add(text);
  }

  /** Compares what two texts' words are numbered as; a beginning of another one comes before it. */
  compareWords(a: number, b: number, numbers: Uint32Array): number {
    const words = this.#words.values;
    const starts = this.#wordStarts.values;
    const most = Math.min(this.#countWords(a), this.#countWords(b));
    for (let at = 0; at < most; at++) {
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

  add(type: Suggestion['type'], status: number, text: number, count: number): void {
    const number = suggestionList(status, SUGGESTION_TYPES.indexOf(type));
    const list = this.#lists.get(number) ?? new GrowableList();
    this.#lists.set(number, list);
    list.push(text);
    list.push(count);
  }

  /** Most vendors first, then the shorter text, then by code point. @param numbers of the words in the file */
  inOrder(statuses: number, numbers: Uint32Array): SuggestionSections {
    const written = this.#written();
    const places = new Uint32Array(this.#texts.length);
    for (let place = 0; place < written.length; place++) places[written[place] as number] = place;
    const lists = Array.from({ length: suggestionList(statuses, 0) }, (_, list) => this.#ordered(list, places));
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
        for (let place = 0; place < written.length; place++) {
          const text = written[place] as number;
          sections.suggestionTextStarts[place] = byte;
          sections.suggestionTexts.set(bytesOf(text), byte);
          byte += bytesOf(text).length;
          sections.suggestionWordStarts[place] = word;
          for (let at = wordStarts[text] as number; at < (wordStarts[text + 1] as number); at++) {
            sections.suggestionWords[word++] = numbers[words[at] as number] as number;
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

  /** The texts that have a row, by code point. */
  #written(): Uint32Array {
    const isUsed = new Uint8Array(this.#texts.length);
    for (const { values, length } of this.#lists.values()) {
      for (let at = 0; at < length; at += 2) isUsed[values[at] as number] = 1;
    }
    const written = new Uint32Array(isUsed.length).map((_, text) => text).filter((text) => isUsed[text] === 1);
    return written.sort((a, b) => this.#texts.compare(a, b));
  }

  /** The rows of a list, of texts by their places. */
  #ordered(number: number, places: Uint32Array): Uint32Array {
    const { values, length } = this.#lists.get(number) ?? new GrowableList();
    const text = (row: number) => values[row * 2] as number;
    const count = (row: number) => values[row * 2 + 1] as number;
    const rows = new Uint32Array(length / 2).map((_, row) => row);
    rows.sort(
      (a, b) =>
        count(b) - count(a) ||
        this.#countWords(text(a)) - this.#countWords(text(b)) ||
        (places[text(a)] as number) - (places[text(b)] as number),
    );
    const ordered = new Uint32Array(length);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      ordered[at * 2] = places[text(row)] as number;
      ordered[at * 2 + 1] = count(row);
    }
    return ordered;
  }
}
