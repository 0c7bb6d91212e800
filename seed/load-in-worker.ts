import { Worker } from 'node:worker_threads';
import type { Release } from '../functions/model/release.ts';
import type { LoadedData, LoadInput } from './load.ts';
import { LoadError } from './load-error.ts';
import type { ProgressEvent } from './progress.ts';
import type { SourceOptions } from './source/read-source.ts';

/** What the thread is started with: a city's file holds patterns and functions, which no thread can be given, so its name goes. */
export type LoadTask = Pick<LoadInput, 'given' | 'origin'> & {
  readonly city: string;
  readonly options: Omit<SourceOptions, 'progress' | 'signal'>;
};

/** What the thread says: how far it is, and at last what it has made, as JSON ({@link LoadedData}) with its index file. */
export type LoadWorkerMessage =
  | { readonly progress: ProgressEvent }
  | { readonly loaded: string; readonly index: Uint8Array<ArrayBuffer> };

export type LoadWorker = {
  /** The built `functions/load-worker.ts`. */
  readonly thread: URL;
  /** Takes the index file that was built there, before the release is given. */
  readonly cacheIndexFile: (release: Release, index: Uint8Array<ArrayBuffer>) => void;
};

/**
 * `load` in a thread of its own, for who answers others meanwhile: 100 MB of rows take seconds of reading and a gigabyte of memory.
 * When the memory is not enough, the loading fails and the process lives.
 * @throws LoadError as `load` does
 */
export async function loadInWorker(
  { thread, cacheIndexFile }: LoadWorker,
  { city, given, origin, options: { progress, signal, ...options } }: LoadInput,
): Promise<LoadedData> {
  signal?.throwIfAborted();
  const workerData: LoadTask = { city: city.facts.id, given, origin, options };
  const worker = new Worker(thread, { workerData });
  const end = () => void worker.terminate();
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await new Promise<LoadedData>((resolve, reject) => {
      worker.on('message', (said: LoadWorkerMessage) => {
        if ('progress' in said) return progress?.(said.progress);
        const loaded = JSON.parse(said.loaded) as LoadedData;
        cacheIndexFile(loaded.release, said.index);
        resolve(loaded);
      });
      worker.once('error', (error) => reject(new LoadError(inWords(error), { cause: error })));
      worker.once('exit', (code) => reject(new LoadError(`the loading was ended with ${code}`)));
    });
  } finally {
    signal?.removeEventListener('abort', end);
    await worker.terminate();
  }
}

function inWords({ message, code }: NodeJS.ErrnoException): string {
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return message;
  return 'the tables take more memory than Node allows; if they are right: NODE_OPTIONS=--max-old-space-size=MEGABYTES';
}
