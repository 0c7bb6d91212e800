import type { SearchQuery } from '../query.ts';
import type { DataWords, ParsedQuery } from './parsed-query.ts';
import { parseQuery } from './query-parser.ts';
import { vocabularyOf } from './vocabulary/vocabulary.ts';

/** What the parser needs of a release. */
export type ParserSource = {
  readonly city: { readonly synonyms: readonly (readonly string[])[] };
  readonly words: DataWords;
};

/** Reads the words of a search. */
export type QueryParser = (query: Pick<SearchQuery, 'text' | 'strict' | 'exclude'>) => ParsedQuery;

const parsers = new WeakMap<DataWords, QueryParser>();

/** Parsed queries that a parser keeps: a search, each step of its relaxation and its response read the same one. */
const MOST_KEPT = 256;

/** The parser of a release. The same `words` give the same parser. */
export function parserOf({ city, words }: ParserSource): QueryParser {
  const known = parsers.get(words) ?? createParser({ city, words });
  parsers.set(words, known);
  return known;
}

function createParser({ city, words }: ParserSource): QueryParser {
  const vocabulary = vocabularyOf(city.synonyms);
  const data = { shortWords: new Set(words.shortWords), literalPairs: new Set(words.literalPairs) };
  const kept = new Map<string, ParsedQuery>();
  return ({ text, strict, exclude }) => {
    const key = JSON.stringify([text, strict, exclude]);
    let parsed = kept.get(key);
    if (!parsed) {
      parsed = parseQuery(text, { vocabulary, strict, exclude, data });
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, parsed);
    }
    return parsed;
  };
}
