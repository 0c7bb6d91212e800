import type { SearchQuery } from '../query.ts';
import type { DataWords, ParsedQuery } from './parsed-query.ts';
import { parseQuery } from './query-parser.ts';
import { fold } from './tokenizer.ts';
import { vocabularyOf } from './vocabulary/compiled-vocabulary.ts';
import type { CityVocabulary } from './vocabulary/language-vocabulary.ts';
import type { Entry } from './vocabulary/vocabulary-entry.ts';
import { questionStems } from './vocabulary/vocabulary-stems.ts';

/** What the parser needs of a release. */
export type ParserSource = {
  readonly city: {
    readonly name?: string;
    readonly synonyms: readonly (readonly string[])[];
    readonly vocabulary?: CityVocabulary;
  };
  readonly words: DataWords;
};

/** Reads the words of a search. */
export type QueryParser = (query: Pick<SearchQuery, 'text' | 'strict' | 'exclude'>) => ParsedQuery;

const parsers = new WeakMap<DataWords, WeakMap<ParserSource['city'], QueryParser>>();

/** Parsed queries that a parser keeps: a search, each step of its relaxation and its response read the same one. */
const MOST_KEPT = 256;

/** The parser of a release; the same one for the same `words` and `city`. */
export function parserOf({ city, words }: ParserSource): QueryParser {
  const ofWords = parsers.get(words) ?? new WeakMap<ParserSource['city'], QueryParser>();
  parsers.set(words, ofWords);
  const parser = ofWords.get(city) ?? createParser({ city, words });
  ofWords.set(city, parser);
  return parser;
}

/** The names of a city: its own, and those of the group of synonyms that has it. */
function placeNamesOf({ name, synonyms }: ParserSource['city']): Entry[] {
  if (name === undefined) return [];
  const names = [name, ...(synonyms.find((group) => group.some((one) => fold(one) === fold(name))) ?? [])];
  return names.map((one): Entry => {
    return { kind: 'filler', stems: questionStems(fold(one)), meanings: [], alternatives: [], isDataPhrase: false };
  });
}

function createParser({ city, words }: ParserSource): QueryParser {
  const data = { shortWords: new Set(words.shortWords), literalPairs: new Set(words.literalPairs) };
  const kept = new Map<string, ParsedQuery>();
  let placeNames: readonly Entry[] | undefined;
  return ({ text, strict, exclude }) => {
    const key = JSON.stringify([text, strict, exclude]);
    let parsed = kept.get(key);
    if (!parsed) {
      parsed = parseQuery(text, {
        strict,
        exclude,
        data,
        get placeNames() {
          placeNames ??= placeNamesOf(city);
          return placeNames;
        },
        // Read for the first question that has words: a cold start without words saves some 10 ms.
        get vocabulary() {
          return vocabularyOf(city.synonyms, city.vocabulary);
        },
      });
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, parsed);
    }
    return parsed;
  };
}
