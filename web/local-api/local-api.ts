import { afterPaint } from '../device/after-paint.ts';
import type { LocalAnswer, LocalRequest } from './messages.ts';

type Waiting = { readonly resolve: (response: Response) => void; readonly reject: (reason: unknown) => void };

/**
 * Starts the API in a worker of this page, after the first paint. Use the returned function instead of `fetch` for the API's
 * paths, which are relative to the page (`search?q=tacos`). Like `fetch`, it rejects with a `TypeError` if no response arrives.
 * @param script URL of the worker's script
 */
export function startLocalApi(script: string): typeof fetch {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  /** Requests that were sent before the worker started. */
  const early: LocalRequest[] = [];
  let lastId = 0;

  function post(request: LocalRequest): void {
    if (worker) worker.postMessage(request);
    else early.push(request);
  }
  function take(id: number): Waiting | undefined {
    const found = waiting.get(id);
    waiting.delete(id);
    return found;
  }
  function start(): void {
    worker = new Worker(script, { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<LocalAnswer>) => {
      const request = take(data.id);
      if ('failure' in data) request?.reject(new TypeError(data.failure));
      else request?.resolve(new Response(data.body, { status: data.status, headers: data.headers.map(pairOf) }));
    };
    worker.onerror = () => {
      // Its script could not be loaded: the next request tries again.
      worker = null;
      for (const id of waiting.keys()) take(id)?.reject(new TypeError('the worker does not run'));
    };
    for (const request of early.splice(0)) worker.postMessage(request);
  }

  let isPainted = false;
  afterPaint(() => {
    isPainted = true;
    start();
  });
  return (url, { signal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      signal?.addEventListener('abort', () => {
        if (!take(id)) return;
        post({ id, cancelled: true });
        reject(signal.reason);
      });
      if (isPainted && !worker) start();
      post({ id, path: `/${String(url)}` });
    });
}

const pairOf = ([name, value]: readonly [string, string]): [string, string] => [name, value];
