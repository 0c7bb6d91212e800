import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { stem } from '../../model/text/stemming.ts';
import { SUGGESTION_TYPES } from '../../model/text/suggestions.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import { statusKey, truncateTerm } from './document.ts';
import type { Json } from './mapping.ts';

/**
 * The searches for suggestions, one per type, in the order of `model/text/suggestions.ts`: those that begin with the text score 1, the
 * others 0. Empty when the query has no word.
 */
export function suggestBodies({ text, limit, status }: SuggestQuery): Json[] {
  const words = tokens(text);
  if (words.length === 0) return [];
  const wordFilters = words.map((word) => ({
    bool: {
      should: [
        { prefix: { suggest_words: { value: truncateTerm(word), rewrite: 'constant_score' } } },
        { term: { suggest_stems: truncateTerm(stem(word)) } },
      ],
      minimum_should_match: 1,
    },
  }));
  const beginning = { prefix: { suggest_beginning: { value: truncateTerm(words.join(' ')) } } };
  return SUGGESTION_TYPES.map((type) => ({
    size: limit,
    track_total_hits: false,
    query: {
      bool: {
        filter: [{ term: { suggest_type: type } }, { term: { suggest_status: statusKey(status) } }, ...wordFilters],
        should: [{ constant_score: { filter: beginning } }],
      },
    },
    sort: ['_score', { suggest_count: 'desc' }, { suggest_length: 'asc' }, { suggest_text: 'asc' }],
  }));
}

/** The suggestions in the results, type by type. */
export function suggestionsOf(results: readonly { hits?: { hits?: readonly { _source?: Json }[] } }[]): Suggestion[] {
  return results.flatMap(({ hits }) => (hits?.hits ?? []).map(({ _source }) => _source?.suggestion as Suggestion));
}
