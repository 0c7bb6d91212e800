import { MOST_REQUIRED } from '../../functions/model/text/parsed-query.ts';
import type { QuestionPart } from '../api/types.ts';

/** A question, and its parts in the order in which it has them. */
export type Question = { readonly text: string; readonly parts: readonly QuestionPart[] };

/** Parts with the same key mean the same, however they are written: `no pork`, `-Pork`, `sin cerdo`. */
export function partKey({ as, means }: QuestionPart): string {
  return `${as} ${means.join()}`.toLowerCase();
}

/** The food that an excluded part names, without its negation: as many of its last words as its meaning has. */
export function foodOf({ text, means: [meaning = text] }: QuestionPart): string {
  if (text.toLowerCase() === meaning.toLowerCase()) return text;
  const words = text.split(/(?<=\s)(?=\S)/);
  const count = Math.max(1, Math.min(words.length - 1, meaning.split(' ').length));
  return words.slice(-count).join('');
}

/** Required words beyond the number that a search may require: they only improve the order. */
export function surplusWords(parts: readonly QuestionPart[]): string[] {
  const words = uniqueTexts(parts.filter(({ as }) => as === 'word' || as === 'phrase'));
  const diets = uniqueTexts(parts.filter(({ as }) => as === 'diet'));
  return words.slice(Math.max(0, MOST_REQUIRED - diets.length));
}

/** Each text once, where it is last. */
function uniqueTexts(parts: readonly QuestionPart[]): string[] {
  return [...new Set(parts.map(({ text }) => text.toLowerCase()).reverse())].reverse();
}

/** Removes every part with this key from the question, with its quotation marks, its negation and the blanks that are left over. */
export function withoutParts({ text, parts }: Question, key: string): Question {
  const pieces = new QuestionPieces(text, parts);
  for (let index = parts.length - 1; index >= 0; index--) {
    if (partKey(parts[index] as QuestionPart) === key) pieces.remove(index);
  }
  return pieces.join();
}

const OPENING_QUOTE = /["“«「]$/;
const CLOSING_QUOTE = /^["”»」]/;
/** What negates the next part and belongs to no part: a minus, or characters without blanks between words (`不要`). */
const NEGATION = /[-\p{sc=Han}]+$/u;
const LEADING_SEPARATORS = /^[\s,;，；、]*/;
const TRAILING_SEPARATORS = /[\s,;，；、]*$/;

/** The parts of a question, and the texts around them. */
class QuestionPieces {
  readonly #parts: QuestionPart[] = [];
  /** `#gaps[n]` is the text before part `n`; the last one is behind all parts. */
  readonly #gaps: string[] = [];

  constructor(text: string, parts: readonly QuestionPart[]) {
    let end = 0;
    for (const part of parts) {
      const start = text.indexOf(part.text, end);
      // The answer belongs to an older text.
      const isFound = start >= 0;
      this.#parts.push(isFound ? part : { ...part, text: '' });
      this.#gaps.push(isFound ? text.slice(end, start) : '');
      if (isFound) end = start + part.text.length;
    }
    this.#gaps.push(text.slice(end));
  }

  remove(index: number): void {
    const part = this.#parts[index];
    let [before = '', after = ''] = this.#gaps.slice(index, index + 2);
    if (!part?.text) return;
    this.#negateNext(index, part, after);
    if (OPENING_QUOTE.test(before) && CLOSING_QUOTE.test(after)) {
      before = before.slice(0, -1);
      after = after.slice(1);
    }
    if (part.as === 'excluded') before = before.replace(NEGATION, '');
    this.#parts.splice(index, 1);
    this.#gaps.splice(index, 2, joined(before, after));
    // "tacos and no pork" becomes "tacos", not "tacos and".
    if (index === this.#parts.length) {
      while (this.#parts.at(-1)?.as === 'ignored') {
        this.#parts.pop();
        this.#gaps.pop();
      }
    }
    if (index === 0) {
      while (this.#parts[0]?.as === 'ignored') {
        this.#parts.shift();
        this.#gaps.shift();
      }
    }
  }

  join(): Question {
    const text = this.#gaps.map((gap, index) => gap + (this.#parts[index]?.text ?? '')).join('');
    return {
      text: text.replace(LEADING_SEPARATORS, '').replace(TRAILING_SEPARATORS, ''),
      parts: this.#parts.filter((part) => part.text),
    };
  }

  /** "without onions or peppers" negates both; what is left is "without peppers". */
  #negateNext(index: number, part: QuestionPart, between: string): void {
    const next = this.#parts[index + 1];
    if (part.as !== 'excluded' || next?.as !== 'excluded' || between.replace(LEADING_SEPARATORS, '') !== '') return;
    const negation = part.text.slice(0, part.text.length - foodOf(part).length);
    if (negation) this.#parts[index + 1] = { ...next, text: negation + foodOf(next) };
  }
}

/** The texts on both sides of a removed part, with one of the separators that were around it. */
function joined(before: string, after: string): string {
  const [left = ''] = TRAILING_SEPARATORS.exec(before) ?? [];
  const [right = ''] = LEADING_SEPARATORS.exec(after) ?? [];
  const separator = (left.length > right.length ? left : right).replace(/\s+/g, ' ');
  return before.slice(0, before.length - left.length) + separator + after.slice(right.length);
}
