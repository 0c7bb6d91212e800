import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { stem } from '../../model/text/stemming.ts';
import { SUGGESTION_TYPES } from '../../model/text/suggestions.ts';
import { tokens } from '../../model/text/tokenizer.ts';
import { cut, statusKey } from './document.ts';
import type { Json } from './mapping.ts';

/**
 * Searches for the best rows of each kind, in the order of `model/suggestions.ts`. Empty when the query has no word.
 * Pure.
 */
export function suggestBodies({ text, limit, status }: SuggestQuery): Json[] {
  const words = tokens(text);
  if (words.length === 0) return [];
  const found = words.map((word) => ({
    bool: {
      should: [
        { prefix: { suggest_words: { value: cut(word), rewrite: 'constant_score' } } },
        { term: { suggest_stems: cut(stem(word)) } },
      ],
      minimum_should_match: 1,
    },
  }));
  return SUGGESTION_TYPES.map((type) => ({
    size: limit,
    track_total_hits: false,
    query: {
      bool: { filter: [{ term: { suggest_type: type } }, { term: { suggest_status: statusKey(status) } }, ...found] },
    },
    sort: [{ suggest_count: 'desc' }, { suggest_length: 'asc' }, { suggest_text: 'asc' }],
  }));
}

/** The rows of the answers, kind by kind. */
export function suggestionsOf(results: readonly { hits?: { hits?: readonly { _source?: Json }[] } }[]): Suggestion[] {
  return results.flatMap(({ hits }) => (hits?.hits ?? []).map(({ _source }) => _source?.suggestion as Suggestion));
}
