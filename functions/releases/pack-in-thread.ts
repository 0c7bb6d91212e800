import { Worker } from 'node:worker_threads';
import type { PackIndex } from './index-download.ts';

/**
 * Packs indexes in a thread of its own each, because the main thread would keep requests waiting meanwhile.
 * @param script the built `functions/pack-worker.ts`
 */
export function packInThread(script: URL): PackIndex {
  return async (index) => {
    const worker = new Worker(script, { workerData: index });
    try {
      return await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`the index was not packed (exit code ${code})`)));
      });
    } finally {
      await worker.terminate();
    }
  };
}
