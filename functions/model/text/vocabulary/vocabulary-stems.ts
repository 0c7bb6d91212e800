import { stem } from '../stemming.ts';
import { fold, tokens } from '../tokenizer.ts';

const RUSSIAN_ENDING =
  /(?<=\p{Script=Cyrillic}{3})(?:[яа]ми|[ое]го|[ое]му|[ыи]ми|[ая]х|[ое]в|[ая]м|[ое]м|[ое]и|[ую]ю|ая|яя|[ое]е|[ыи]е|[ыи]и|[ыи]х|[ыи]м|[аяоеиыуюь])$/u;

/**
 * The form in which words of a question and of the vocabularies are compared: Porter's stem of an English or Spanish word, a Russian word
 * without its case ending, any other word as it is.
 */
export function vocabularyStem(word: string): string {
  if (UNSTEMMED.has(word)) return word;
  return /^[\u0430-\u044f]+$/.test(word) ? word.replace(RUSSIAN_ENDING, '') : stem(word);
}

/** Their stems are words of another language: `maní`, a peanut, and the negation `no`, and `do`. */
const UNSTEMMED: ReadonlySet<string> = new Set(['many', 'nos', 'dos']);

/** The stems of a phrase of the data. */
export function stemsOf(phrase: string): string[] {
  return tokens(phrase).map(stem);
}

/** The stems of a phrase as a question has it; of a word in Chinese characters these characters. The vocabularies are written folded. */
export function questionStems(phrase: string): string[] {
  const first = phrase.charCodeAt(0);
  if (first >= 0x2e80) return [...phrase];
  const words = first < 0x80 ? tokens(phrase) : fold(phrase).split(/[\s-]+/);
  return words.map(vocabularyStem);
}
