import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { stem } from '../../model/text/stemming.ts';
import { SUGGESTION_TYPES, shareRows } from '../../model/text/suggestions.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import { ANY_STATUS, type Sections, suggestionList } from './file/index-format.ts';
import { findText, textAt, textsWith } from './file/term-dictionary.ts';

/**
 * What a text may become, of an index's lists: each word of the query begins one of a suggestion's words, or has the stem of one. A list
 * is read from its beginning until it has given enough.
 * @param statuses the permits' states that the index has
 */
export function suggest(
  sections: Sections,
  statuses: readonly string[],
  { text, limit, status }: SuggestQuery,
): Suggestion[] {
  const words = tokens(text);
  if (words.length === 0 || (status !== null && !statuses.includes(status))) return [];
  const number = status === null ? ANY_STATUS : statuses.indexOf(status);
  const wanted = words.map((word) => entriesLike(sections, word));
  const { suggestionStarts, suggestions, suggestionTextStarts, suggestionTexts } = sections;
  const found: Suggestion[] = [];
  for (const [at, type] of SUGGESTION_TYPES.entries()) {
    const list = suggestionList(number, at);
    const most = found.length + limit;
    const end = suggestionStarts[list + 1] as number;
    for (let row = suggestionStarts[list] as number; row < end && found.length < most; row += 2) {
      const one = suggestions[row] as number;
      if (!wanted.every((entries) => hasOne(sections, one, entries))) continue;
      const name = textAt({ starts: suggestionTextStarts, bytes: suggestionTexts }, one);
      found.push({ type, text: name, count: suggestions[row + 1] as number });
    }
  }
  return shareRows(found, limit);
}

/** 1 for each entry that begins with a word or has its stem. */
function entriesLike(sections: Sections, word: string): Uint8Array {
  const { entryStarts, entries, stemStarts, stems, stemWordStarts, stemWords } = sections;
  const like = new Uint8Array(entryStarts.length);
  like.fill(1, ...textsWith({ starts: entryStarts, bytes: entries }, word));
  const ofStem = findText({ starts: stemStarts, bytes: stems }, stem(word));
  if (ofStem < 0) return like;
  for (const entry of stemWords.subarray(stemWordStarts[ofStem], stemWordStarts[ofStem + 1])) like[entry] = 1;
  return like;
}

/** Whether a suggestion has one of some entries. */
function hasOne({ suggestionWordStarts, suggestionWords }: Sections, one: number, entries: Uint8Array): boolean {
  const end = suggestionWordStarts[one + 1] as number;
  for (let at = suggestionWordStarts[one] as number; at < end; at++) {
    if (entries[suggestionWords[at] as number] === 1) return true;
  }
  return false;
}
