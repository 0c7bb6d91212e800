import { type ApiClient, ApiError } from './client.ts';
import type { SearchAnswer, SearchParams } from './types.ts';

/** While the user types, a search waits this long for the previous one; then the previous one is aborted. */
const PATIENCE_MS = 200;
/** A search that takes longer than this shows that it is in progress. */
const SLOW_AFTER_MS = 150;

/** The state of the search. At most one of `answer` and `error` is set; while busy, both are the previous search's. */
export type SearchStatus = {
  readonly busy: boolean;
  /** Busy for long enough to show it. */
  readonly slow: boolean;
  readonly answer: SearchAnswer | null;
  /** The request that `answer` or `error` belongs to. */
  readonly params: SearchParams;
  /** When the answer was saved on this device, if it comes from there. */
  readonly savedAt: string | null;
  readonly error: ApiError | null;
  /** Number of the API's pages that `answer` was put together from. */
  readonly pages: number;
  /** Whether the page after these is on its way. */
  readonly nextPage: 'idle' | 'loading' | 'failed';
};

export const NO_SEARCH: SearchStatus = {
  busy: false,
  slow: false,
  answer: null,
  params: {},
  savedAt: null,
  error: null,
  pages: 1,
  nextPage: 'idle',
};

/** Runs one search at a time: a new search aborts the previous one, and a late answer is dropped. */
export type SearchRequests = {
  search(params: SearchParams): void;
  /**
   * Searches while the user types: at once if no search is under way, else after it, and its answer is dropped. At most
   * one search is under way, and a fast server answers every keystroke.
   */
  searchWhileTyping(params: SearchParams): void;
  /** Adds the page after the current answer to it; searches again if the data has changed in between. */
  loadNextPage(): void;
  /** Aborts the search and keeps the current answer. */
  cancel(): void;
};

/** @param onChange receives every new status, in order */
export function createSearchRequests(
  api: Pick<ApiClient, 'search'>,
  onChange: (status: SearchStatus) => void,
): SearchRequests {
  let status = NO_SEARCH;
  let current: AbortController | null = null;
  let slowTimer: ReturnType<typeof setTimeout> | undefined;
  /** The search to run after the current one. */
  let next: SearchParams | null = null;
  let patienceTimer: ReturnType<typeof setTimeout> | undefined;
  let pageRequest: AbortController | null = null;

  function setStatus(changed: SearchStatus): void {
    status = changed;
    onChange(changed);
  }
  function stop(): void {
    current?.abort();
    current = null;
    pageRequest?.abort();
    pageRequest = null;
    next = null;
    clearTimeout(slowTimer);
    clearTimeout(patienceTimer);
  }

  function search(params: SearchParams): void {
    stop();
    const abortController = new AbortController();
    current = abortController;
    // Sent before the status changes, so that rendering does not delay the request.
    const reply = api.search(params, abortController.signal);
    setStatus({ ...status, busy: true, slow: false, nextPage: 'idle' });
    slowTimer = setTimeout(() => setStatus({ ...status, slow: true }), SLOW_AFTER_MS);
    const settle = (result: Partial<SearchStatus>): void => {
      if (current !== abortController) return;
      const waiting = next;
      stop();
      if (waiting) search(waiting);
      else setStatus({ ...NO_SEARCH, params, ...result });
    };
    reply.then(settle, (error) => settle({ error: error instanceof ApiError ? error : new ApiError('unreachable') }));
  }

  function loadNextPage(): void {
    const { answer, params } = status;
    const cursor = answer?.page.cursor;
    if (!cursor || current || pageRequest) return;
    const abortController = new AbortController();
    pageRequest = abortController;
    setStatus({ ...status, nextPage: 'loading' });
    const settle = (result: Partial<SearchStatus>): void => {
      if (pageRequest !== abortController) return;
      pageRequest = null;
      setStatus({ ...status, nextPage: 'idle', ...result });
    };
    api.search({ ...params, cursor }, abortController.signal).then(
      ({ answer: page }) => settle({ answer: withPage(answer, page), pages: status.pages + 1 }),
      (error) => {
        const isOutdated = error instanceof ApiError && error.kind === 'refused';
        if (isOutdated && pageRequest === abortController) search(params);
        else settle({ nextPage: 'failed' });
      },
    );
  }

  return {
    search,
    loadNextPage,
    searchWhileTyping(params) {
      if (!current) return search(params);
      next = params;
      clearTimeout(patienceTimer);
      patienceTimer = setTimeout(search, PATIENCE_MS, params);
    },
    cancel() {
      if (!current) return;
      stop();
      setStatus({ ...status, busy: false, slow: false });
    },
  };
}

/** An answer with the vendors of its next page, from which later pages follow. */
function withPage(answer: SearchAnswer, { trucks, page }: SearchAnswer): SearchAnswer {
  return { ...answer, trucks: [...answer.trucks, ...trucks], page };
}
