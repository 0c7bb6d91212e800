import { type Caller, CallerLeftError, EngineError } from '../engine.ts';

/** What all requests to the cluster for one answer may cost. */
export type RequestLimits = {
  /** Time from the first request to the last, milliseconds; `null`: no limit. */
  readonly budgetMs: number | null;
};

/** The parameter that makes the cluster end a search by itself, even if it does not notice that nobody waits for it any more. */
export type CancelAfter = { readonly cancel_after_time_interval?: `${number}ms` };

/** A request of the client, which has been sent. */
type SentRequest<Value> = PromiseLike<Value> & { abort(): unknown };

/** Sends the requests of one answer. */
export type RequestSender = {
  /**
   * Sends a request, and aborts it when the caller leaves or the budget is spent.
   * @throws CallerLeftError @throws EngineError when the budget is spent
   */
  send<Value>(request: (cancelAfter: CancelAfter) => SentRequest<Value>): Promise<Value>;
  /** Waits for a request that several callers share, which is not aborted. */
  share<Value>(shared: Promise<Value>): Promise<Value>;
};

/** The budget starts with the first request. After the caller has left, or the budget is spent, no request is sent. */
export function createRequestSender({ budgetMs }: RequestLimits, { signal }: Caller = {}): RequestSender {
  let startedAt: number | undefined;

  async function within<Value>(act: (leftMs: number | null) => { result: PromiseLike<Value>; stop(): void }) {
    startedAt ??= performance.now();
    const leftMs = budgetMs === null ? null : budgetMs - (performance.now() - startedAt);
    if (signal?.aborted) throw new CallerLeftError();
    if (leftMs !== null && leftMs <= 0) throw budgetError(budgetMs);
    const { result, stop } = act(leftMs);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let onAbort: (() => void) | undefined;
    const stopped = new Promise<never>((_, reject) => {
      const end = (error: Error) => {
        reject(error);
        stop();
      };
      onAbort = () => end(new CallerLeftError());
      signal?.addEventListener('abort', onAbort, { once: true });
      if (leftMs !== null) timer = setTimeout(() => end(budgetError(budgetMs)), leftMs);
    });
    try {
      return await Promise.race([result, stopped]);
    } finally {
      clearTimeout(timer);
      if (onAbort) signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    send: (request) =>
      within((leftMs) => {
        const sent = request(leftMs === null ? {} : { cancel_after_time_interval: `${Math.ceil(leftMs)}ms` });
        return { result: sent, stop: () => sent.abort() };
      }),
    share: (shared) => within(() => ({ result: shared, stop: () => {} })),
  };
}

function budgetError(budgetMs: number | null): EngineError {
  return new EngineError(`opensearch: the answer took longer than ${(budgetMs ?? 0) / 1000} s in all`, {
    isTooSlow: true,
  });
}

/** For commands and publishers, whose requests have only the client's own timeout. */
export const UNLIMITED: RequestSender = createRequestSender({ budgetMs: null });
