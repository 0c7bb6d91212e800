import type { SearchQuery } from '../query.ts';
import type { DataWords, ParsedQuery } from './parsed-query.ts';
import { parseQuery } from './query-parser.ts';
import { vocabularyOf } from './vocabulary/compiled-vocabulary.ts';

/** What the parser needs of a release. */
export type ParserSource = {
  readonly city: { readonly synonyms: readonly (readonly string[])[] };
  readonly words: DataWords;
};

/** Reads the words of a search. */
export type QueryParser = (query: Pick<SearchQuery, 'text' | 'strict' | 'exclude'>) => ParsedQuery;

const parsers = new WeakMap<DataWords, WeakMap<ParserSource['city']['synonyms'], QueryParser>>();

/** Parsed queries that a parser keeps: a search, each step of its relaxation and its response read the same one. */
const MOST_KEPT = 256;

/** The parser of a release; the same one for the same `words` and synonyms. */
export function parserOf({ city, words }: ParserSource): QueryParser {
  const ofWords = parsers.get(words) ?? new WeakMap();
  parsers.set(words, ofWords);
  const parser = ofWords.get(city.synonyms) ?? createParser({ city, words });
  ofWords.set(city.synonyms, parser);
  return parser;
}

function createParser({ city, words }: ParserSource): QueryParser {
  const data = { shortWords: new Set(words.shortWords), literalPairs: new Set(words.literalPairs) };
  const kept = new Map<string, ParsedQuery>();
  return ({ text, strict, exclude }) => {
    const key = JSON.stringify([text, strict, exclude]);
    let parsed = kept.get(key);
    if (!parsed) {
      parsed = parseQuery(text, {
        strict,
        exclude,
        data,
        // Compiled for the first question that has words, in 20 ms (2026-11-26): a cold start without words saves them.
        get vocabulary() {
          return vocabularyOf(city.synonyms);
        },
      });
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, parsed);
    }
    return parsed;
  };
}
