import { type ApiClient, ApiError } from './client.ts';
import type { SearchAnswer, SearchParams } from './types.ts';

/** A search that is being typed waits so long for the one before it, milliseconds; then that one is given up. */
const PATIENCE_MS = 200;
/** So long nothing moves: an answer that comes at once needs no sign that it is being waited for. */
const SLOW_AFTER_MS = 150;

/** Where the search stands. At most one of `answer` and `failure` is there; while busy, the answer is the last one. */
export type SearchStatus = {
  readonly busy: boolean;
  /** Busy for long enough to say so. */
  readonly slow: boolean;
  readonly answer: SearchAnswer | null;
  /** What the answer is to. */
  readonly asked: SearchParams;
  /** When the answer was saved on this device, if that is where it comes from. */
  readonly saved: string | null;
  readonly failure: ApiError | null;
};

export const NO_SEARCH: SearchStatus = {
  busy: false,
  slow: false,
  answer: null,
  asked: {},
  saved: null,
  failure: null,
};

/** Asks one search at a time: a new one aborts the one before, and an answer that comes too late is dropped. */
export type SearchRequests = {
  find(params: SearchParams): void;
  /**
   * Asks while somebody is typing: at once when nothing is under way, else after what is, whose answer nobody waits for any more. So
   * at most one search is on its way, and a quick server answers every letter.
   */
  soon(params: SearchParams): void;
  /** Gives up what is being asked and keeps the answer that is there. */
  stay(): void;
  /** Forgets everything. */
  rest(): void;
};

/** @param onChange told every state, in order */
export function createSearchRequests(
  api: Pick<ApiClient, 'search'>,
  onChange: (finding: SearchStatus) => void,
): SearchRequests {
  let finding = NO_SEARCH;
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What is to be asked after what is under way. */
  let next: SearchParams | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function turn(changed: SearchStatus): void {
    finding = changed;
    onChange(changed);
  }
  function stop(): void {
    asking?.abort();
    asking = null;
    next = null;
    clearTimeout(timer);
    clearTimeout(patience);
  }

  function find(params: SearchParams): void {
    stop();
    const mine = new AbortController();
    asking = mine;
    const answer = api.search(params, mine.signal);
    turn({ ...finding, busy: true, slow: false });
    timer = setTimeout(() => turn({ ...finding, slow: true }), SLOW_AFTER_MS);
    const settle = (found: Partial<SearchStatus>): void => {
      if (asking !== mine) return;
      const waiting = next;
      stop();
      if (waiting) find(waiting);
      else turn({ ...NO_SEARCH, asked: params, ...found });
    };
    answer.then(settle, (error) =>
      settle({ failure: error instanceof ApiError ? error : new ApiError('unreachable') }),
    );
  }

  return {
    find,
    soon(params) {
      if (!asking) return find(params);
      next = params;
      clearTimeout(patience);
      patience = setTimeout(find, PATIENCE_MS, params);
    },
    stay() {
      if (!asking) return;
      stop();
      turn({ ...finding, busy: false, slow: false });
    },
    rest() {
      stop();
      turn(NO_SEARCH);
    },
  };
}
