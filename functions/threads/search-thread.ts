import { Worker } from 'node:worker_threads';
import { EngineError } from '../engine/engine.ts';
import type { DelegatedRequest } from '../http/middleware/delegation.ts';
import type { FromThread, OpenRelease, ThreadResponse, ThreadSettings, ToThread } from './thread-messages.ts';

/** Receives what happens in a thread. */
export type ThreadEvents = {
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** The thread ended, and so did its requests. `null`: it was asked to. */
  readonly onEnd: (thread: SearchThread, reason: string | null) => void;
};

/** One thread that answers requests. */
export type SearchThread = {
  /** Requests that it is answering. */
  readonly pending: () => number;
  /** Whether it can answer requests. */
  readonly isReady: () => boolean;
  /** Whether it can answer requests for a release. */
  readonly has: (release: number) => boolean;
  /** Opens a release, and resolves when the thread has it, cannot read it, or has ended. */
  open(release: number, opened: OpenRelease): Promise<void>;
  close(release: number): void;
  /** `null`: it does not have the release. @throws EngineError when the thread ends */
  answer(id: number, release: number, request: DelegatedRequest): Promise<ThreadResponse | null>;
  /** Tells it that the caller of a request has left. The request is still answered. */
  leave(id: number): void;
  end(): Promise<void>;
};

type Pending = { readonly resolve: (response: ThreadResponse | null) => void; readonly reject: (error: Error) => void };

/** @param script the built `functions/search-worker.ts` */
export function startSearchThread(script: URL, settings: ThreadSettings, { log, onEnd }: ThreadEvents): SearchThread {
  const worker = new Worker(script, { workerData: settings, name: 'search' });
  const post = (message: ToThread) => worker.postMessage(message);
  const pending = new Map<number, Pending>();
  const releases = new Set<number>();
  const opening = new Map<number, () => void>();
  let failure: string | null = null;
  let isEnding = false;
  let hasEnded = false;

  function receive(message: FromThread): void {
    if (message.kind === 'log') {
      log(message.event, message.fields);
      return;
    }
    if (message.kind === 'response') {
      const { id, response } = message;
      const { resolve } = pending.get(id) ?? {};
      pending.delete(id);
      resolve?.(response);
      return;
    }
    const { release, error } = message;
    if (error === null) releases.add(release);
    else log('search thread', { error });
    opening.get(release)?.();
    opening.delete(release);
  }

  const thread: SearchThread = {
    pending: () => pending.size,
    isReady: () => releases.size > 0,
    has: (release) => releases.has(release),
    open(release, opened) {
      if (hasEnded) return Promise.resolve();
      post({ kind: 'open', release, ...opened });
      return new Promise<void>((resolve) => opening.set(release, resolve));
    },
    close(release) {
      releases.delete(release);
      post({ kind: 'close', release });
    },
    answer(id, release, request) {
      post({ kind: 'request', id, release, request });
      return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    },
    leave: (id) => post({ kind: 'leave', id }),
    async end() {
      isEnding = true;
      await worker.terminate();
    },
  };
  worker.on('message', receive);
  worker.on('error', (error) => {
    failure = String(error);
  });
  worker.once('exit', (code) => {
    hasEnded = true;
    releases.clear();
    onEnd(thread, isEnding ? null : (failure ?? `exit code ${code}`));
    const error = new EngineError('the thread that was answering has ended', { cause: failure ?? undefined });
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    for (const resolve of opening.values()) resolve();
  });
  // The server decides when the process ends. A listener that is added later would keep it running.
  worker.unref();
  return thread;
}
