import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { stem } from '../../model/text/stemming.ts';
import { SUGGESTION_TYPES, shareRows } from '../../model/text/suggestions.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import { ANY_STATUS, type Sections, suggestionList } from './file/index-format.ts';
import { findText, textAt, textsWithPrefix } from './file/term-dictionary.ts';

/**
 * Completes a text from the index's lists of suggestions: each word of the query must begin a word of the suggestion or have the same stem.
 * Each list is read from its beginning until enough suggestions are found that begin with the query.
 * @param statuses the metadata's statuses
 */
export function suggest(sections: Sections, statuses: readonly string[], query: SuggestQuery): Suggestion[] {
  const { text, limit, status } = query;
  const words = tokens(text);
  if (words.length === 0 || (status !== null && !statuses.includes(status))) return [];
  const number = status === null ? ANY_STATUS : statuses.indexOf(status);
  const wanted = words.map((word) => termsLike(sections, word));
  const beginning = termRanges(sections, words);
  const { suggestionStarts, suggestions, suggestionTextStarts, suggestionTexts } = sections;
  const found: Suggestion[] = [];
  for (const [at, type] of SUGGESTION_TYPES.entries()) {
    const list = suggestionList(number, at);
    const [first, others]: [Suggestion[], Suggestion[]] = [[], []];
    const end = suggestionStarts[list + 1] as number;
    for (let row = suggestionStarts[list] as number; row < end && first.length < limit; row += 2) {
      const one = suggestions[row] as number;
      if (!wanted.every((terms) => hasOne(sections, one, terms))) continue;
      const rows = beginsWith(sections, one, beginning) ? first : others;
      if (rows.length === limit) continue;
      const name = textAt({ starts: suggestionTextStarts, bytes: suggestionTexts }, one);
      rows.push({ type, text: name, count: suggestions[row + 1] as number });
    }
    found.push(...first, ...others);
  }
  return shareRows(found, query);
}

/** The terms that a text's words must be to begin with some words, the last of which may be incomplete; `to` is excluded. */
function termRanges({ termStarts, terms }: Sections, words: readonly string[]): [from: number, to: number][] {
  const dictionary = { starts: termStarts, bytes: terms };
  return words.map((word, at) => {
    if (at === words.length - 1) return textsWithPrefix(dictionary, word);
    const number = findText(dictionary, word);
    return [number, number < 0 ? number : number + 1];
  });
}

/** Whether a suggestion's first words are in these ranges of terms. */
function beginsWith(
  { suggestionWordStarts, suggestionWords }: Sections,
  one: number,
  ranges: readonly (readonly [from: number, to: number])[],
): boolean {
  const start = suggestionWordStarts[one] as number;
  if ((suggestionWordStarts[one + 1] as number) - start < ranges.length) return false;
  return ranges.every(([from, to], at) => {
    const word = suggestionWords[start + at] as number;
    return word >= from && word < to;
  });
}

/** 1 for each term that begins with a word or has its stem. */
function termsLike(sections: Sections, word: string): Uint8Array {
  const { termStarts, terms, stemStarts, stems, stemWordStarts, stemWords } = sections;
  const like = new Uint8Array(termStarts.length);
  like.fill(1, ...textsWithPrefix({ starts: termStarts, bytes: terms }, word));
  const stemNumber = findText({ starts: stemStarts, bytes: stems }, stem(word));
  if (stemNumber < 0) return like;
  for (const term of stemWords.subarray(stemWordStarts[stemNumber], stemWordStarts[stemNumber + 1])) like[term] = 1;
  return like;
}

/** Whether a suggestion has one of the terms. */
function hasOne({ suggestionWordStarts, suggestionWords }: Sections, one: number, terms: Uint8Array): boolean {
  const end = suggestionWordStarts[one + 1] as number;
  for (let at = suggestionWordStarts[one] as number; at < end; at++) {
    if (terms[suggestionWords[at] as number] === 1) return true;
  }
  return false;
}
