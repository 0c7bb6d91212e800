import type { Suggestion, SuggestQuery } from '../../../../functions/model/query.ts';
import {
  type Candidate,
  collectSuggestions,
  isSuggestedFor,
  shareRows,
} from '../../../../functions/model/text/suggestions.ts';
import { tokens } from '../../../../functions/model/text/tokenizer.ts';
import type { Vendor } from '../../../../functions/model/vendor.ts';

/** Suggestions by a scan over all candidates with the functions of the model. */
export function createSuggester(vendors: readonly Vendor[]): (query: SuggestQuery) => Suggestion[] {
  const byStatus = new Map<string | null, Candidate[]>();
  return (query) => {
    const { text, status } = query;
    const words = tokens(text);
    if (words.length === 0) return [];
    const candidates = byStatus.get(status) ?? collectSuggestions(vendors, status);
    byStatus.set(status, candidates);
    return shareRows(
      candidates.filter((candidate) => words.every((word) => isSuggestedFor(candidate.words, word))),
      query,
    );
  };
}
