import type { Clause, ParsedQuery, QueryTerm } from './parsed-query.ts';
import { allowsTypos } from './requirements.ts';
import { stem } from './stemming.ts';
import { placedTokens } from './tokenizer.ts';
import { isTypoOfStem, typoInWord } from './typos.ts';

/** A part of a text in UTF-16 units, end excluded, as `slice` expects. */
export type TextRange = readonly [start: number, end: number];

/** A folded word and its position in the original text. */
export type PlacedWord = {
  readonly word: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

/** The words of a text with their positions. Finding them costs more than comparing them, so frequent callers cache them. */
export function placedWords(text: string): PlacedWord[] {
  return placedTokens(text).map((token) => ({ ...token, stem: stem(token.word) }));
}

/** The parts of a text that a query matches by the rules of the search, in order and without overlap. */
export function highlight(
  text: string,
  parsedQuery: Pick<ParsedQuery, 'required' | 'optional'>,
  typos: boolean,
): TextRange[] {
  return highlightWords(placedWords(text), parsedQuery, typos);
}

/** {@link highlight} for a text whose words are already known. */
export function highlightWords(
  words: readonly PlacedWord[],
  { required, optional }: Pick<ParsedQuery, 'required' | 'optional'>,
  typos: boolean,
): TextRange[] {
  // Created on the first match: most texts have none.
  let matched: Set<number> | undefined;
  for (const clauses of [required, optional]) {
    for (const clause of clauses) {
      const mayHaveTypos = typos && clauses === required && allowsTypos(clause);
      for (let at = 0; at < words.length; at++) {
        const length = matchAt(words, at, clause, mayHaveTypos);
        for (let offset = 0; offset < length; offset++) {
          matched ??= new Set();
          matched.add(at + offset);
        }
      }
    }
  }
  const found = matched;
  return found ? joined(words.filter((_, at) => found.has(at))) : [];
}

/** How many words from a place on match a clause; 0: none. */
function matchAt(
  words: readonly PlacedWord[],
  at: number,
  { terms, synonymPhrases, isPhrase }: Clause,
  typos: boolean,
): number {
  const word = words[at] as PlacedWord;
  const isWhole = isPhrase && terms.every(({ stem }, offset) => words[at + offset]?.stem === stem);
  let length = isWhole ? terms.length : 0;
  if (!isPhrase && terms.some((term) => matches(term, word, typos))) length = 1;
  for (const phrase of synonymPhrases) {
    if (phrase.length > length && phrase.every((one, offset) => words[at + offset]?.stem === one))
      length = phrase.length;
  }
  return length;
}

/** Merges overlapping words: pairs of Chinese characters overlap. */
function joined(words: readonly PlacedWord[]): TextRange[] {
  const ranges: [number, number][] = [];
  for (const { start, end } of words) {
    const last = ranges.at(-1);
    if (last && start < last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}

function matches(term: QueryTerm, placed: PlacedWord, typos: boolean): boolean {
  if (placed.word === term.word || placed.stem === term.stem) return true;
  if (term.isPrefix && placed.word.startsWith(term.word)) return true;
  return typos && (typoInWord(term, placed.word) !== undefined || isTypoOfStem(term, placed.stem));
}
