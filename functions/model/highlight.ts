import { allowedEdits, editsBetween } from './edits.ts';
import type { Plan, QueryWord } from './plan.ts';
import { fold, plainApostrophes, stem } from './words.ts';

/** Where a match stands in a text: UTF-16 units, the end excluded, as `slice` takes them. */
export type TextRange = readonly [start: number, end: number];

type Word = { readonly word: string; readonly stem: string; readonly start: number; readonly end: number };

/** The words of a text where they stand in it as written. */
function placedWords(text: string): Word[] {
  return [...plainApostrophes(text).matchAll(/[\p{L}\p{N}\p{M}]+(?:'+(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu)].map((match) => {
    const word = fold(match[0]).replace(/^0+(?=\d)/, '');
    return { word, stem: stem(word), start: match.index, end: match.index + match[0].length };
  });
}

/** The parts of a text that a plan matches, in order and without overlap; the same rules as the search has. */
export function highlight(text: string, plan: Plan, typos: boolean): TextRange[] {
  const words = placedWords(text);
  const marked = new Set<Word>();
  for (const unit of plan) {
    for (const query of unit.words) {
      for (const word of words) if (matches(query, word, typos)) marked.add(word);
    }
    for (const phrase of unit.alternatives) {
      for (const at of words.keys()) {
        const run = words.slice(at, at + phrase.length);
        if (run.length === phrase.length && run.every((word, offset) => word.stem === phrase[offset])) {
          for (const word of run) marked.add(word);
        }
      }
    }
  }
  return words.filter((word) => marked.has(word)).map(({ start, end }) => [start, end]);
}

function matches(query: QueryWord, word: Word, typos: boolean): boolean {
  if (word.word === query.word || word.stem === query.stem) return true;
  if (query.last && word.word.startsWith(query.word)) return true;
  const most = typos ? allowedEdits(query.word) : 0;
  return most > 0 && editsBetween(query.word, word.word, most) !== undefined;
}
