import { clauseWeight, QUALITY, type Quality } from '../../model/ranking.ts';
import {
  allowedEdits,
  allowsTypoInBeginning,
  allowsTypoInStem,
  MISSING_LETTERS,
} from '../../model/text/edit-distance.ts';
import type { Clause, ParsedQuery, QueryTerm } from '../../model/text/parsed-query.ts';
import { allowsTypos, requirements } from '../../model/text/requirements.ts';
import type { Phrase } from '../../model/text/vocabulary/vocabulary-entry.ts';
import { truncateTerm } from './document.ts';
import { type Json, textField, VENDOR_WEIGHTS, WEIGHTS } from './mapping.ts';

/** What relaxation changes in how clauses match. */
export type Relaxed = { readonly typos: boolean; readonly mayLack: number };

/** The branches that match the text of a query: the same as those of {@link scoredClauses}, without scores. */
export function clauseFilters(query: ParsedQuery, { typos, mayLack }: Relaxed): Json[] {
  const { all, some, least } = requirements(query, mayLack);
  const filterOf = (clause: Clause) => clauseFilter(clause, typos);
  return [
    ...all.map(filterOf),
    ...(least === 0 ? [] : [atLeast(least, some.map(filterOf))]),
    ...exclusionFilters(query),
  ];
}

/** Drops the vendors that have what the query excludes. Each branch has its vendor's texts, so all branches of a vendor are dropped. */
export function exclusionFilters({ excluded }: ParsedQuery): Json[] {
  const phrases = excluded.flatMap(({ synonymPhrases }) => synonymPhrases);
  if (phrases.length === 0) return [];
  return [{ bool: { must_not: VENDOR_WEIGHTS.flatMap((weight) => phraseQueries(phrases, weight)) } }];
}

/**
 * The clauses of a query as the parts of a `bool` query, scored as the ranking says: the sum of a clause's words, or a synonym phrase if
 * that scores more. Scores are constants, so that rare words weigh as much as common ones; of a word's matches, the best one counts.
 * Without required clauses the score starts at 1.
 */
export function scoredClauses(query: ParsedQuery, { typos, mayLack }: Relaxed): { must: Json[]; should: Json[] } {
  const { all, some, least, others } = requirements(query, mayLack);
  const scored = (clause: Clause) => scoredClause(clause, typos);
  return {
    must: [
      ...(query.required.length === 0 ? [{ match_all: {} }] : all.map(scored)),
      ...(least === 0 ? [] : [atLeast(least, some.map(scored))]),
    ],
    should: [
      ...(least === 0 ? some : []).map(scored),
      ...others.map(scored),
      ...query.optional.map((clause) => scoredClause(clause, false)),
    ],
  };
}

function clauseFilter(clause: Clause, typos: boolean): Json {
  const fuzzy = typos && allowsTypos(clause);
  const words = clause.terms.map((term) => anyOf(WEIGHTS.flatMap((weight) => termFilters(term, weight, fuzzy))));
  return anyOf([
    ...together(clause, words, 'filter'),
    ...WEIGHTS.flatMap((weight) => phraseQueries(clause.synonymPhrases, weight)),
  ]);
}

function scoredClause(clause: Clause, typos: boolean): Json {
  const fuzzy = typos && allowsTypos(clause);
  const words = clause.terms.map((term) =>
    bestOf(WEIGHTS.flatMap((weight) => scoredTerms(term, weight, fuzzy, clause.isFiller))),
  );
  return bestOf([...together(clause, words, 'must'), ...scoredPhrases(clause)]);
}

/** All words of a clause as one query, next to each other if they are a phrase; none for a clause of phrases only. */
function together({ terms, isPhrase }: Clause, words: readonly Json[], occur: 'filter' | 'must'): readonly Json[] {
  if (words.length < 2) return words;
  const phrase = terms.map(({ stem }) => stem);
  const filter = isPhrase ? [anyOf(WEIGHTS.flatMap((weight) => phraseQueries([phrase], weight)))] : [];
  return [{ bool: occur === 'filter' ? { filter: [...filter, ...words] } : { filter, must: words } }];
}

function scoredTerms({ word, stem, isPrefix }: QueryTerm, weight: number, typos: boolean, isFiller: boolean): Json[] {
  const [words, stems] = [textField('words', weight), textField('stems', weight)];
  const edits = typos ? allowedEdits(word) : 0;
  const stemTypo = edits > 0 && allowsTypoInStem(word) ? [fuzzyQuery(stems, stem, 1)] : [];
  const scored = (filter: Json, quality: Quality) =>
    constant(filter, QUALITY[quality] * clauseWeight(weight, isFiller));
  return [
    scored({ term: { [words]: truncateTerm(word) } }, 'exact'),
    scored({ term: { [stems]: truncateTerm(stem) } }, 'stem'),
    ...(isPrefix ? [scored(prefixQuery(words, word), 'prefix')] : []),
    ...(edits >= 1 ? [scored(anyOf([fuzzyQuery(words, word, 1), ...stemTypo]), 'typo1')] : []),
    ...(edits >= 1 && isPrefix && allowsTypoInBeginning(word)
      ? [scored(beginningQuery(words, word), 'typoPrefix')]
      : []),
    // A word at distance 1 matches this query too; the better score counts.
    ...(edits === 2 ? [scored(fuzzyQuery(words, word, 2), 'typo2')] : []),
  ];
}

/** The same matches as {@link scoredTerms}, with fewer queries: an exact match also matches the stem. */
function termFilters({ word, stem, isPrefix }: QueryTerm, weight: number, typos: boolean): Json[] {
  const [words, stems] = [textField('words', weight), textField('stems', weight)];
  const edits = typos ? allowedEdits(word) : 0;
  return [
    { term: { [stems]: truncateTerm(stem) } },
    ...(isPrefix ? [prefixQuery(words, word)] : []),
    ...(edits > 0 ? [fuzzyQuery(words, word, edits)] : []),
    ...(edits > 0 && allowsTypoInStem(word) ? [fuzzyQuery(stems, stem, 1)] : []),
    ...(edits > 0 && isPrefix && allowsTypoInBeginning(word) ? [beginningQuery(words, word)] : []),
  ];
}

function scoredPhrases({ size, synonymPhrases, isFiller }: Clause): Json[] {
  if (synonymPhrases.length === 0) return [];
  return WEIGHTS.map((weight) =>
    constant(anyOf(phraseQueries(synonymPhrases, weight)), size * QUALITY.synonym * clauseWeight(weight, isFiller)),
  );
}

/** Queries that each match some of the phrases. All single stems are one query: the cluster limits the number of queries in a search. */
function phraseQueries(phrases: readonly Phrase[], weight: number): Json[] {
  const field = textField('stems', weight);
  const single = phrases.flatMap(([first = '', ...more]) => (more.length === 0 ? [truncateTerm(first)] : []));
  const longer = phrases.filter(({ length }) => length > 1);
  return [
    ...(single.length > 0 ? [{ terms: { [field]: single } }] : []),
    ...longer.map((stems) => ({ match_phrase: { [field]: stems.map(truncateTerm).join(' ') } })),
  ];
}

function prefixQuery(field: string, word: string): Json {
  return { prefix: { [field]: { value: truncateTerm(word), rewrite: 'constant_score' } } };
}

/** `constant_score` matches every word within the edit distance; other rewrites stop after the first 50 or 1,024 words. */
function fuzzyQuery(field: string, word: string, fuzziness: number): Json {
  const options = { prefix_length: 1, transpositions: true, rewrite: 'constant_score' };
  return { fuzzy: { [field]: { value: truncateTerm(word), fuzziness, ...options } } };
}

/**
 * Matches the words that go on after a beginning with a typo ({@link continuesBeginning}): a fuzzy query compares whole words only. The pattern
 * of the longest beginning that may have a typo has 700 characters; the cluster allows 1,000.
 */
function beginningQuery(field: string, word: string): Json {
  const letters = [...word];
  const more = '.'.repeat(MISSING_LETTERS);
  const from = (at: number) => letters.slice(at).join('');
  /** What may follow the first `at` letters: as many letters in all, whatever the typo. */
  const rest = (at: number): string => {
    const [letter, next] = [letters[at], letters[at + 1]];
    if (letter === undefined) return more;
    const swapped = next === undefined ? '' : `|${next}${letter}${from(at + 2)}${more}`;
    return `(${letter}${rest(at + 1)}|.${from(at + 1)}${more}|${from(at + 1)}${more}.|.${from(at)}${more.slice(1)}${swapped})`;
  };
  return { regexp: { [field]: { value: `${letters[0]}${rest(1)}.*`, flags: 'NONE', rewrite: 'constant_score' } } };
}

function constant(filter: Json, boost: number): Json {
  return { constant_score: { filter, boost } };
}

function bestOf(queries: readonly Json[]): Json {
  return queries.length === 1 && queries[0] ? queries[0] : { dis_max: { queries, tie_breaker: 0 } };
}

/** Matches at least one of the queries. */
export function anyOf(should: readonly Json[]): Json {
  return should.length === 1 && should[0] ? should[0] : atLeast(1, should);
}

function atLeast(least: number, should: readonly Json[]): Json {
  return { bool: { should, minimum_should_match: least } };
}
