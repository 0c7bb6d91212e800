import { CallerLeftError, type Engine } from '../engine/engine.ts';
import type { Delegate, DelegatedRequest } from '../http/middleware/delegation.ts';
import { ProblemError } from '../http/responses/problem.ts';
import { type SearchThread, startSearchThread, type ThreadEvents } from './search-thread.ts';
import type { OpenRelease, ThreadResponse, ThreadSettings } from './thread-messages.ts';
import { createWaitingRequests } from './waiting-requests.ts';

export type ThreadPoolOptions = ThreadSettings & {
  /** The built `functions/search-worker.ts`. */
  readonly script: URL;
  /** At least 1. */
  readonly count: number;
  /** How long a request may wait for a thread, milliseconds; `null`: no limit. */
  readonly maxDelayMs: number | null;
  readonly log: ThreadEvents['log'];
};

/** Threads that answer searches. */
export type ThreadPool = {
  readonly delegate: Delegate;
  /** Whether requests wait too long for a thread. Refusing one before the app costs less than giving it up later. */
  readonly isLate: () => boolean;
  /** Opens the data of an engine in each thread. Requests for it are answered by the threads that have it. */
  open(engine: Engine, release: OpenRelease): Promise<void>;
  /** For an engine that no new request gets. Requests for it that still wait are answered by this thread. */
  close(engine: Engine): void;
  /** Ends all threads. */
  end(): Promise<void>;
};

/**
 * Requests that a thread has at a time; the others can still be given up. Under load, one turn of the main thread's loop takes
 * milliseconds, and with only four a thread ran out of them until the next turn.
 */
const MAX_PER_THREAD = 16;

/** Time until a thread that ended is replaced, milliseconds: one that ends at its start must not take a whole core. */
const RESTART_MS = 1_000;

type Job = {
  readonly release: number;
  readonly request: DelegatedRequest;
  readonly resolve: (response: ThreadResponse | null) => void;
  readonly reject: (error: Error) => void;
  /** The thread that answers it, and its number there. */
  passed?: { readonly thread: SearchThread; readonly id: number };
};

/** The threads cannot answer a request. */
const NOT_HERE = Promise.resolve(null);

export function createThreadPool({ script, count, maxDelayMs, log, reload }: ThreadPoolOptions): ThreadPool {
  const numbers = new WeakMap<Engine, number>();
  const releases = new Map<number, OpenRelease>();
  const threads = new Set<SearchThread>();
  const waiting = createWaitingRequests<Job>(maxDelayMs, ({ reject }) =>
    reject(new ProblemError('overloaded', 'The server could not answer soon enough; please try again')),
  );
  let lastRelease = 0;
  let lastId = 0;
  let isEnding = false;

  function start(): void {
    if (isEnding) return;
    const thread = startSearchThread(script, { reload }, { log, onEnd });
    threads.add(thread);
    for (const [number, shared] of releases) void thread.open(number, shared);
  }

  function onEnd(thread: SearchThread, reason: string | null): void {
    threads.delete(thread);
    if (reason === null) return;
    log('search thread ended', { error: reason });
    setTimeout(start, RESTART_MS).unref();
    dispatch();
  }

  /** The thread with the fewest requests, of those that pass. */
  function freest(passes: (thread: SearchThread) => boolean): SearchThread | undefined {
    let best: SearchThread | undefined;
    for (const thread of threads) {
      if (passes(thread) && thread.pending() < (best?.pending() ?? Number.POSITIVE_INFINITY)) best = thread;
    }
    return best;
  }

  /** Passes waiting requests on while a thread takes them. Without any thread, this one answers them. */
  function dispatch(): void {
    while (waiting.size() > 0) {
      const free = freest((thread) => thread.isReady());
      if (free && free.pending() >= MAX_PER_THREAD) return;
      const job = waiting.next();
      if (!job) return;
      const thread = freest((one) => one.has(job.release));
      if (thread) void pass(job, thread);
      else job.resolve(null);
    }
  }

  async function pass(job: Job, thread: SearchThread): Promise<void> {
    lastId += 1;
    job.passed = { thread, id: lastId };
    await thread.answer(lastId, job.release, job.request).then(job.resolve, job.reject);
    dispatch();
  }

  function leave(job: Job): void {
    if (job.passed) job.passed.thread.leave(job.passed.id);
    else if (waiting.remove(job)) job.reject(new CallerLeftError());
  }

  const delegate: Delegate = (request, engine, caller) => {
    const release = numbers.get(engine);
    if (release === undefined || !freest((thread) => thread.has(release))) return NOT_HERE;
    return new Promise((resolve, reject) => {
      const job: Job = { release, request, resolve, reject };
      caller.signal?.addEventListener('abort', () => leave(job), { once: true });
      waiting.add(job);
      dispatch();
    });
  };

  for (let number = 0; number < count; number++) start();
  return {
    delegate,
    isLate: waiting.isLate,
    async open(engine, release) {
      lastRelease += 1;
      const number = lastRelease;
      numbers.set(engine, number);
      releases.set(number, release);
      // One after the other: a thread answers nothing while it opens a release.
      for (const thread of [...threads]) await thread.open(number, release);
    },
    close(engine) {
      const number = numbers.get(engine);
      if (number === undefined) return;
      releases.delete(number);
      for (const thread of threads) thread.close(number);
    },
    async end() {
      isEnding = true;
      await Promise.all(Array.from(threads, (thread) => thread.end()));
    },
  };
}
