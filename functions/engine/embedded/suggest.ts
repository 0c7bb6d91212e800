import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import { type Candidate, collectSuggestions, shareRows, suggests } from '../../model/suggestions.ts';
import type { Vendor } from '../../model/vendor.ts';
import { tokens } from '../../model/words.ts';

/**
 * Prepares suggestions over a release. A text is suggested when each word of the query begins one of its words, or has
 * the stem of one. The vendors are read once for each state of permits that is asked for.
 */
export function createSuggester(vendors: Iterable<Vendor>): (query: SuggestQuery) => Suggestion[] {
  const byStatus = new Map<string | null, Candidate[]>();
  return ({ text, limit, status }) => {
    const words = tokens(text);
    if (words.length === 0) return [];
    let candidates = byStatus.get(status);
    if (!candidates) {
      candidates = collectSuggestions(vendors, status);
      byStatus.set(status, candidates);
    }
    const found = candidates.filter((candidate) => words.every((word) => suggests(candidate.words, word)));
    return shareRows(found, limit);
  };
}
