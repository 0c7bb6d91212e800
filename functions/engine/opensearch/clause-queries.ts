import { QUALITY } from '../../model/ranking.ts';
import { allowedEdits } from '../../model/text/edit-distance.ts';
import type { Clause, ParsedQuery, QueryTerm } from '../../model/text/query-parser.ts';
import { truncateTerm } from './document.ts';
import { type Json, textField, WEIGHTS } from './mapping.ts';

/** One filter per clause: the branches that match it. They match the same branches as {@link scoredClauses}, without scores. */
export function clauseFilters(query: ParsedQuery, typos: boolean): Json[] {
  return query.map(({ terms, synonymPhrases }) => {
    const own = terms.map((term) => anyOf(WEIGHTS.flatMap((weight) => termFilters(term, weight, typos))));
    const others = synonymPhrases.flatMap((stems) => WEIGHTS.map((weight) => phraseQuery(stems, weight)));
    return anyOf([own.length === 1 && own[0] ? own[0] : { bool: { filter: own } }, ...others]);
  });
}

/**
 * One query per clause, scored as the ranking says: the sum of its words, or a synonym phrase if that scores more. Scores are
 * constants, so that rare words weigh as much as common ones; of a word's matches, the best one counts.
 */
export function scoredClauses(query: ParsedQuery, typos: boolean): Json[] {
  return query.map((clause) => {
    const own = clause.terms.map((term) => bestOf(WEIGHTS.flatMap((weight) => scoredTerms(term, weight, typos))));
    const words = own.length === 1 && own[0] ? own[0] : { bool: { must: own } };
    const others = scoredPhrases(clause);
    return others.length === 0 ? words : bestOf([words, ...others]);
  });
}

function scoredTerms({ word, stem, last }: QueryTerm, weight: number, typos: boolean): Json[] {
  const words = textField('words', weight);
  const edits = typos ? allowedEdits(word) : 0;
  return [
    constant({ term: { [words]: truncateTerm(word) } }, QUALITY.exact * weight),
    constant({ term: { [textField('stems', weight)]: truncateTerm(stem) } }, QUALITY.stem * weight),
    ...(last ? [constant(prefixQuery(words, word), QUALITY.prefix * weight)] : []),
    ...(edits >= 1 ? [constant(fuzzyQuery(words, word, 1), QUALITY.typo1 * weight)] : []),
    // A word at distance 1 matches this query too; the better score counts.
    ...(edits === 2 ? [constant(fuzzyQuery(words, word, 2), QUALITY.typo2 * weight)] : []),
  ];
}

/** The same matches as {@link scoredTerms}, with fewer queries: an exact match also matches the stem. */
function termFilters({ word, stem, last }: QueryTerm, weight: number, typos: boolean): Json[] {
  const words = textField('words', weight);
  const edits = typos ? allowedEdits(word) : 0;
  return [
    { term: { [textField('stems', weight)]: truncateTerm(stem) } },
    ...(last ? [prefixQuery(words, word)] : []),
    ...(edits > 0 ? [fuzzyQuery(words, word, edits)] : []),
  ];
}

function scoredPhrases({ terms, synonymPhrases }: Clause): Json[] {
  return synonymPhrases.flatMap((stems) =>
    WEIGHTS.map((weight) => constant(phraseQuery(stems, weight), terms.length * QUALITY.synonym * weight)),
  );
}

function phraseQuery(stems: readonly string[], weight: number): Json {
  const field = textField('stems', weight);
  const [first = ''] = stems;
  return stems.length === 1
    ? { term: { [field]: truncateTerm(first) } }
    : { match_phrase: { [field]: stems.join(' ') } };
}

function prefixQuery(field: string, word: string): Json {
  return { prefix: { [field]: { value: truncateTerm(word), rewrite: 'constant_score' } } };
}

/** `constant_score` matches every word within the edit distance; other rewrites stop after the first 50 or 1,024 words. */
function fuzzyQuery(field: string, word: string, fuzziness: number): Json {
  const options = { prefix_length: 1, transpositions: true, rewrite: 'constant_score' };
  return { fuzzy: { [field]: { value: truncateTerm(word), fuzziness, ...options } } };
}

function constant(filter: Json, boost: number): Json {
  return { constant_score: { filter, boost } };
}

function bestOf(queries: readonly Json[]): Json {
  return { dis_max: { queries, tie_breaker: 0 } };
}

/** Matches at least one of the queries. */
export function anyOf(should: readonly Json[]): Json {
  return should.length === 1 && should[0] ? should[0] : { bool: { should, minimum_should_match: 1 } };
}
