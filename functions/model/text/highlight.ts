import { allowedEdits, editDistance } from './edit-distance.ts';
import type { ParsedQuery, QueryTerm } from './query-parser.ts';
import { stem } from './stemming.ts';
import { fold, isAscii, plainApostrophes } from './tokenizer.ts';

/** Where a match stands in a text: UTF-16 units, the end excluded, as `slice` takes them. */
export type TextRange = readonly [start: number, end: number];

/** A word of a text, and where it stands in it as written. */
export type PlacedWord = {
  readonly word: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

/** A word with the apostrophes inside of it. */
const ASCII_WORD = /[a-z0-9]+(?:'+(?=[a-z])[a-z0-9]+)*/gi;
const WORD = /[\p{L}\p{N}\p{M}]+(?:'+(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu;

/** The words of a text where they stand. Reading them takes longer than comparing them: who asks often keeps them. */
export function placedWords(text: string): PlacedWord[] {
  const plain = plainApostrophes(text);
  const matches = plain.matchAll(isAscii(plain) ? ASCII_WORD : WORD);
  return Array.from(matches, (match) => {
    const word = fold(match[0]).replace(/^0+(?=\d)/, '');
    return { word, stem: stem(word), start: match.index, end: match.index + match[0].length };
  });
}

/** The parts of a text that a plan matches, in order and without overlap; the same rules as the search has. */
export function highlight(text: string, plan: ParsedQuery, typos: boolean): TextRange[] {
  return highlightWords(placedWords(text), plan, typos);
}

/** The same of a text's words. */
export function highlightWords(words: readonly PlacedWord[], plan: ParsedQuery, typos: boolean): TextRange[] {
  let marked: Set<number> | undefined;
  for (const unit of plan) {
    for (const query of unit.terms) {
      for (let at = 0; at < words.length; at++) {
        if (!matches(query, words[at] as PlacedWord, typos)) continue;
        marked ??= new Set();
        marked.add(at);
      }
    }
    for (const phrase of unit.synonymPhrases) {
      for (let at = 0; at + phrase.length <= words.length; at++) {
        if (!phrase.every((one, offset) => words[at + offset]?.stem === one)) continue;
        marked ??= new Set();
        for (let offset = 0; offset < phrase.length; offset++) marked.add(at + offset);
      }
    }
  }
  const found = marked;
  return found ? words.filter((_, at) => found.has(at)).map(({ start, end }) => [start, end]) : [];
}

function matches(query: QueryTerm, word: PlacedWord, typos: boolean): boolean {
  if (word.word === query.word || word.stem === query.stem) return true;
  if (query.last && word.word.startsWith(query.word)) return true;
  const most = typos ? allowedEdits(query.word) : 0;
  return most > 0 && editDistance(query.word, word.word, most) !== undefined;
}
