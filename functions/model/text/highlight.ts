import { allowedEdits, editDistance } from './edit-distance.ts';
import type { ParsedQuery, QueryTerm } from './query-parser.ts';
import { stem } from './stemming.ts';
import { fold, isAscii, plainApostrophes } from './tokenizer.ts';

/** A part of a text in UTF-16 units, end excluded, as `slice` expects. */
export type TextRange = readonly [start: number, end: number];

/** A folded word and its position in the original text. */
export type PlacedWord = {
  readonly word: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

/** A word, including apostrophes inside it. */
const ASCII_WORD = /[a-z0-9]+(?:'+(?=[a-z])[a-z0-9]+)*/gi;
const WORD = /[\p{L}\p{N}\p{M}]+(?:'+(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu;

/** The words of a text with their positions. Finding them costs more than comparing them, so frequent callers cache them. */
export function placedWords(text: string): PlacedWord[] {
  const plain = plainApostrophes(text);
  const matches = plain.matchAll(isAscii(plain) ? ASCII_WORD : WORD);
  return Array.from(matches, (match) => {
    const word = fold(match[0]).replace(/^0+(?=\d)/, '');
    return { word, stem: stem(word), start: match.index, end: match.index + match[0].length };
  });
}

/** The parts of a text that a query matches by the rules of the search, in order and without overlap. */
export function highlight(text: string, parsedQuery: ParsedQuery, typos: boolean): TextRange[] {
  return highlightWords(placedWords(text), parsedQuery, typos);
}

/** {@link highlight} for a text whose words are already known. */
export function highlightWords(words: readonly PlacedWord[], parsedQuery: ParsedQuery, typos: boolean): TextRange[] {
  // Created on the first match: most texts have none.
  let matched: Set<number> | undefined;
  for (const clause of parsedQuery) {
    for (const term of clause.terms) {
      for (let at = 0; at < words.length; at++) {
        if (!matches(term, words[at] as PlacedWord, typos)) continue;
        matched ??= new Set();
        matched.add(at);
      }
    }
    for (const phrase of clause.synonymPhrases) {
      for (let at = 0; at + phrase.length <= words.length; at++) {
        if (!phrase.every((one, offset) => words[at + offset]?.stem === one)) continue;
        matched ??= new Set();
        for (let offset = 0; offset < phrase.length; offset++) matched.add(at + offset);
      }
    }
  }
  const found = matched;
  return found ? words.filter((_, at) => found.has(at)).map(({ start, end }) => [start, end]) : [];
}

function matches(term: QueryTerm, placed: PlacedWord, typos: boolean): boolean {
  if (placed.word === term.word || placed.stem === term.stem) return true;
  if (term.last && placed.word.startsWith(term.word)) return true;
  const limit = typos ? allowedEdits(term.word) : 0;
  return limit > 0 && editDistance(term.word, placed.word, limit) !== undefined;
}
