import { formatSearch } from '../api/search-params.ts';
import type { QuestionPart, SearchParams } from '../api/types.ts';
import { hasFilters, type UrlState, unfilteredSearch } from './url-state.ts';

/** The counts that the page needs where it has only a part of the answer. */
const COUNTED = { facets: 'category,facility,area,open' } as const;

/**
 * Chooses which request answers a URL. The page filters a whole answer itself; what has more vendors than one answer holds, the
 * API filters and counts. Which searches those are is known only from their answers.
 */
export type RequestChoice = {
  /** The request for a URL, whose question has these parts. */
  requestFor(urlState: UrlState, understood: readonly QuestionPart[]): SearchParams;
  /** Takes note of an answer's request; `hasNextPage`: the answer was only a first page. */
  learn(params: SearchParams, hasNextPage: boolean): void;
};

export function createRequestChoice(): RequestChoice {
  /** The unfiltered searches whose answer was only a first page. */
  const partialSearches = new Set<string>();
  /** Some answer was: the next one may be too, so the API counts it at once. */
  let isLargeCity = false;

  return {
    requestFor(urlState, understood) {
      const { open_now, open_at } = urlState.search;
      // A time that the user chose replaces the words "open now", by which the API would filter its answer.
      const replacesWords = (open_now || open_at) && understood.some(({ as }) => as === 'open_now');
      const unfiltered = { ...(replacesWords ? { open_now: 'false' } : {}), ...unfilteredSearch(urlState) };
      const isPartial = partialSearches.has(formatSearch(unfiltered));
      if (isPartial && hasFilters(urlState.search)) return { ...urlState.search, ...COUNTED };
      return isPartial || isLargeCity ? { ...unfiltered, ...COUNTED } : unfiltered;
    },
    learn({ facets: _facets, ...params }, hasNextPage) {
      if (!hasNextPage || hasFilters(params)) return;
      partialSearches.add(formatSearch(params));
      isLargeCity ||= params.limit === undefined;
    },
  };
}
