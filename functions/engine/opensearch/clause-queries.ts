import { QUALITY } from '../../model/ranking.ts';
import { allowedEdits } from '../../model/text/edit-distance.ts';
import type { Clause, ParsedQuery, QueryTerm } from '../../model/text/query-parser.ts';
import { cut } from './document.ts';
import { type Json, textField, WEIGHTS } from './mapping.ts';

/** One clause a unit: which branches have it. The same set as {@link scoredClauses}, without its scores, for filters. */
export function clauseFilters(plan: ParsedQuery, typos: boolean): Json[] {
  return plan.map((unit) => {
    const own = unit.terms.map((word) => anyOf(WEIGHTS.flatMap((weight) => looseMatches(word, weight, typos))));
    const others = unit.synonymPhrases.flatMap((stems) => WEIGHTS.map((weight) => phrase(stems, weight)));
    return anyOf([own.length === 1 && own[0] ? own[0] : { bool: { filter: own } }, ...others]);
  });
}

/**
 * One clause a unit, worth what the ranking says: the sum of its words, or an alternative where that is more. All scores
 * are constants, so that rare words weigh as much as common ones, and the best of a word's matches is taken.
 */
export function scoredClauses(plan: ParsedQuery, typos: boolean): Json[] {
  return plan.map((unit) => {
    const own = unit.terms.map((word) => best(WEIGHTS.flatMap((weight) => matches(word, weight, typos))));
    const words = own.length === 1 && own[0] ? own[0] : { bool: { must: own } };
    const others = alternatives(unit);
    return others.length === 0 ? words : best([words, ...others]);
  });
}

function matches({ word, stem, last }: QueryTerm, weight: number, typos: boolean): Json[] {
  const words = textField('words', weight);
  const edits = typos ? allowedEdits(word) : 0;
  return [
    constant({ term: { [words]: cut(word) } }, QUALITY.exact * weight),
    constant({ term: { [textField('stems', weight)]: cut(stem) } }, QUALITY.stem * weight),
    ...(last ? [constant(prefix(words, word), QUALITY.prefix * weight)] : []),
    ...(edits >= 1 ? [constant(fuzzy(words, word, 1), QUALITY.typo1 * weight)] : []),
    // Two edits are also what has one; the better of both counts.
    ...(edits === 2 ? [constant(fuzzy(words, word, 2), QUALITY.typo2 * weight)] : []),
  ];
}

/** The forms that include all others: words of the same spelling have the same stem. */
function looseMatches({ word, stem, last }: QueryTerm, weight: number, typos: boolean): Json[] {
  const words = textField('words', weight);
  const edits = typos ? allowedEdits(word) : 0;
  return [
    { term: { [textField('stems', weight)]: cut(stem) } },
    ...(last ? [prefix(words, word)] : []),
    ...(edits > 0 ? [fuzzy(words, word, edits)] : []),
  ];
}

function alternatives({ terms, synonymPhrases: phrases }: Clause): Json[] {
  return phrases.flatMap((stems) =>
    WEIGHTS.map((weight) => constant(phrase(stems, weight), terms.length * QUALITY.synonym * weight)),
  );
}

function phrase(stems: readonly string[], weight: number): Json {
  const field = textField('stems', weight);
  const [first = ''] = stems;
  return stems.length === 1 ? { term: { [field]: cut(first) } } : { match_phrase: { [field]: stems.join(' ') } };
}

function prefix(field: string, word: string): Json {
  return { prefix: { [field]: { value: cut(word), rewrite: 'constant_score' } } };
}

/** Under this rewriting all words of the index within the edits match; the others stop at the first 50 or 1,024. */
function fuzzy(field: string, word: string, fuzziness: number): Json {
  const options = { prefix_length: 1, transpositions: true, rewrite: 'constant_score' };
  return { fuzzy: { [field]: { value: cut(word), fuzziness, ...options } } };
}

function constant(filter: Json, boost: number): Json {
  return { constant_score: { filter, boost } };
}

function best(queries: readonly Json[]): Json {
  return { dis_max: { queries, tie_breaker: 0 } };
}

/** At least one of the clauses. */
export function anyOf(should: readonly Json[]): Json {
  return should.length === 1 && should[0] ? should[0] : { bool: { should, minimum_should_match: 1 } };
}
