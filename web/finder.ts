import { type Api, Failure } from './api.ts';
import type { SearchAnswer, SearchParams } from './wire.ts';

/** So long nothing moves: an answer that comes at once needs no sign that it is being waited for. */
const SLOW_AFTER_MS = 150;

/** Where the search stands. At most one of `answer` and `failure` is there; while busy, the answer is the last one. */
export type Finding = {
  readonly busy: boolean;
  /** Busy for long enough to say so. */
  readonly slow: boolean;
  readonly answer: SearchAnswer | null;
  readonly failure: Failure | null;
};

export const NOTHING_ASKED: Finding = { busy: false, slow: false, answer: null, failure: null };

/** Asks one search at a time: a new one aborts the one before, and an answer that comes too late is dropped. */
export type Finder = {
  find(params: SearchParams): void;
  /** Forgets everything. */
  rest(): void;
};

/** @param onChange told every state, in order */
export function createFinder(api: Pick<Api, 'search'>, onChange: (finding: Finding) => void): Finder {
  let finding = NOTHING_ASKED;
  let asking: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(next: Finding): void {
    finding = next;
    onChange(next);
  }
  function stop(): void {
    asking?.abort();
    asking = null;
    clearTimeout(timer);
  }

  return {
    find(params) {
      stop();
      const mine = new AbortController();
      asking = mine;
      turn({ ...finding, busy: true, slow: false });
      timer = setTimeout(() => turn({ ...finding, slow: true }), SLOW_AFTER_MS);
      const settle = (next: Pick<Finding, 'answer' | 'failure'>) => {
        if (asking !== mine) return;
        stop();
        turn({ busy: false, slow: false, ...next });
      };
      api.search(params, mine.signal).then(
        (answer) => settle({ answer, failure: null }),
        (error) => settle({ answer: null, failure: error instanceof Failure ? error : new Failure('unreachable') }),
      );
    },
    rest() {
      stop();
      turn(NOTHING_ASKED);
    },
  };
}
