import { textRuns } from '../../functions/model/text/tokenizer.ts';
import { CHINESE_PLACE_WORDS, CONJUNCTIONS, isConjunctionSign } from './place-words.ts';
import { STREET_TYPES, streetKey } from './street-intersection.ts';

/** A word of the text; `start` and `end` are places in the text, UTF-16 units. */
export type Word = { readonly word: string; readonly start: number; readonly end: number };
/** Some words: the first, and the one after the last. */
export type Span = { readonly from: number; readonly to: number };

/** Words of a street's or a neighbourhood's name, its type included: "Dr Carlton B Goodlett Pl" is the longest that people type. */
export const LONGEST_NAME = 5;
/** Words on both sides of this many conjunctions and numbered streets are looked up; a text has at most 100 characters. */
const MOST_LOOKUPS = 6;

/**
 * The words next to each conjunction and each numbered street, by which the addresses on two streets that meet there can be found; empty
 * if there is none.
 */
export function possibleStreets(text: string): string[] {
  const words = wordsOf(text);
  const numbered = words.flatMap((_, at) => (isNumbered(words, { from: at, to: at + 1 }) ? [at] : []));
  const spans = [
    ...conjunctions(text, words),
    ...numbered.flatMap((at) => [
      { from: at, to: at },
      { from: at + 1, to: at + 1 },
    ]),
  ];
  const all = spans.slice(-MOST_LOOKUPS).flatMap(({ from, to }) => [lastName(words, from), firstName(words, to)]);
  return [...new Set(all)].filter((word) => word !== '');
}

/** Where two streets may meet: the conjunction's first word, and the word after it. A sign (`&`) is between two words. */
export function conjunctions(text: string, words: readonly Word[]): Span[] {
  return words.flatMap(({ word, start }, at): Span[] => {
    if (at === 0) return [];
    if (CONJUNCTIONS.has(word) && at < words.length - 1) return [{ from: at, to: at + 1 }];
    return isConjunctionSign(text.slice(words[at - 1]?.end, start)) ? [{ from: at, to: at }] : [];
  });
}

/** The last word before a place that can name a street. */
function lastName(words: readonly Word[], end: number): string {
  return firstName(words.slice(0, end).reverse(), 0);
}

/** The first word from a place on that can name a street. */
function firstName(words: readonly Word[], start: number): string {
  const name = words
    .slice(start, start + LONGEST_NAME)
    .find(({ word }) => !STREET_TYPES.has(word) && !CONJUNCTIONS.has(word));
  return streetKey([name?.word ?? '']);
}

/** Whether one of some words is a number of a street: `2nd`, `second`. */
export function isNumbered(words: readonly Word[], { from, to }: Span): boolean {
  return words.slice(from, to).some(({ word }) => /^\d+(st|nd|rd|th)$/.test(streetKey([word])));
}

/** The words of a text. Chinese writes the words that tie a place to a question without blanks: `咖啡在mission附近`. */
export function wordsOf(text: string): Word[] {
  return textRuns(text).flatMap((run): Word[] => {
    if (!run.isCjk) return [run];
    let end = run.start;
    return run.word.split(CHINESE_PLACE_WORDS).flatMap((word): Word[] => {
      const start = end;
      end += word.length;
      return word === '' ? [] : [{ word, start, end }];
    });
  });
}
