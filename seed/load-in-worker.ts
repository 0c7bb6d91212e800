import { Worker } from 'node:worker_threads';
import type { Release } from '../functions/model/release.ts';
import type { LoadedData, LoadInput } from './load.ts';
import { LoadError } from './load-errors.ts';
import { type LoadedPiece, loadedCollector } from './loaded-pieces.ts';
import type { ProgressEvent } from './progress.ts';
import type { SourceOptions } from './source/read-source.ts';

/** The worker's input, which is cloned. The city is the one that this thread has read, even if its file has changed since. */
export type LoadTask = Pick<LoadInput, 'city' | 'sources' | 'origin'> & {
  readonly options: Omit<SourceOptions, 'progress' | 'signal'>;
};

/**
 * The worker's messages: progress, {@link LoadedData} piece by piece, each of which is answered by any message, and at last the release's
 * index file.
 */
export type LoadWorkerMessage =
  | { readonly progress: ProgressEvent }
  | { readonly piece: LoadedPiece }
  | { readonly index: Uint8Array<SharedArrayBuffer> };

export type LoadWorker = {
  /** The built `functions/load-worker.ts`. */
  readonly script: URL;
  /** Receives the index file that the worker built, before the release is returned. */
  readonly cacheIndexFile: (release: Release, index: Uint8Array<SharedArrayBuffer>) => void;
};

/**
 * `load` in a worker thread, so that this thread stays free for requests: 100 MB of rows cost seconds of CPU and 1 GB of memory.
 * If the worker runs out of memory, only the load fails.
 * @throws LoadError as `load` does
 */
export async function loadInWorker(
  { script, cacheIndexFile }: LoadWorker,
  { city, sources, origin, options: { progress, signal, ...options } }: LoadInput,
): Promise<LoadedData> {
  signal?.throwIfAborted();
  const workerData: LoadTask = { city, sources, origin, options };
  const worker = new Worker(script, { workerData });
  const collector = loadedCollector();
  const terminate = () => void worker.terminate();
  signal?.addEventListener('abort', terminate, { once: true });
  try {
    return await new Promise<LoadedData>((resolve, reject) => {
      worker.on('message', (message: LoadWorkerMessage) => {
        if ('progress' in message) return progress?.(message.progress);
        if ('piece' in message) {
          collector.add(message.piece);
          return worker.postMessage('next');
        }
        const loaded = collector.loaded();
        cacheIndexFile(loaded.release, message.index);
        resolve(loaded);
      });
      worker.once('error', (error) => reject(new LoadError(workerErrorMessage(error), { cause: error })));
      worker.once('exit', (code) => reject(new LoadError(`the load was stopped (exit code ${code})`)));
    });
  } finally {
    signal?.removeEventListener('abort', terminate);
    await worker.terminate();
  }
}

function workerErrorMessage({ message, code }: NodeJS.ErrnoException): string {
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return message;
  return 'the tables need more memory than Node allows; if they are the right ones, set NODE_OPTIONS=--max-old-space-size=MEGABYTES';
}
