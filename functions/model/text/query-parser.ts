import { stem } from './stemming.ts';
import type { Synonyms } from './synonyms.ts';
import { tokens } from './tokenizer.ts';

/** A word of a query, with the forms that it may match. */
export type QueryTerm = {
  readonly word: string;
  readonly stem: string;
  /** Whether it is the last word and may be incomplete: it then matches as a prefix too. */
  readonly last: boolean;
};

/**
 * A part of a query that must match: a word, or a phrase for which the city has synonyms. It matches if all of its terms do, in any
 * fields, or if a synonym phrase does: its stems next to each other within one text.
 */
export type Clause = {
  readonly terms: readonly QueryTerm[];
  readonly synonymPhrases: readonly (readonly string[])[];
};

/** The clauses of a query, all of which must match. */
export type ParsedQuery = readonly Clause[];

/** The last parsed texts: a search, each step of its relaxation and its response parse the same text. */
const cache = new WeakMap<Synonyms, Map<string, ParsedQuery>>();
const MAX_CACHED_QUERIES = 256;

/**
 * Parses a query's text. A repeated clause counts once. A trailing blank marks the last word as complete. An "and" between other words
 * is dropped, because the data mostly writes "&", which is not a word.
 */
export function parseQuery(text: string, synonyms: Synonyms): ParsedQuery {
  const queries = cache.get(synonyms) ?? new Map<string, ParsedQuery>();
  cache.set(synonyms, queries);
  let parsedQuery = queries.get(text);
  if (!parsedQuery) {
    parsedQuery = readClauses(text, synonyms);
    if (queries.size >= MAX_CACHED_QUERIES) queries.clear();
    queries.set(text, parsedQuery);
  }
  return parsedQuery;
}

function readClauses(text: string, synonyms: Synonyms): ParsedQuery {
  const words = tokens(text);
  const isTyping = !/\s$/.test(text);
  const terms = words.map(
    (word, at): QueryTerm => ({ word, stem: stem(word), last: isTyping && at === words.length - 1 }),
  );
  const clauses = new Map<string, Clause>();
  for (let at = 0; at < terms.length; ) {
    const phrase = synonyms.byFirst
      .get(terms[at]?.stem ?? '')
      ?.find(({ stems }) => stems.every((one, offset) => terms[at + offset]?.stem === one));
    const own = terms.slice(at, at + (phrase?.stems.length ?? 1));
    const isBetween = at > 0 && at < terms.length - 1;
    at += own.length;
    if (!phrase && isBetween && own[0]?.word === 'and') continue;
    const key = own.map(({ word }) => word).join(' ');
    // A repeated clause takes the place of its last occurrence.
    clauses.delete(key);
    clauses.set(key, { terms: own, synonymPhrases: phrase?.others ?? [] });
  }
  return [...clauses.values()];
}

/**
 * The folded text of a parsed query, with a trailing blank if its last word is complete. Parsing it again returns the same query, unless
 * a word was repeated or an "and" was dropped.
 */
export function queryText(parsedQuery: ParsedQuery): string {
  const text = parsedQuery.map(({ terms }) => terms.map(({ word }) => word).join(' ')).join(' ');
  return parsedQuery.at(-1)?.terms.at(-1)?.last === false ? `${text} ` : text;
}
