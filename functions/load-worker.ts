import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { load } from '../seed/load.ts';
import type { LoadTask, LoadWorkerMessage } from '../seed/load-in-worker.ts';
import { jsonPieces } from '../seed/loaded-pieces.ts';
import { buildIndex } from './engine/embedded/build/index-builder.ts';
import { sharedCopy } from './threads/shared-index.ts';

const { city, sources, origin, options } = workerData as LoadTask;
const post = (message: LoadWorkerMessage) => parentPort?.postMessage(message);

const loaded = await load({
  city,
  sources,
  origin,
  options: { ...options, progress: (progress) => post({ progress }) },
});
// Copied here, because the main thread would keep requests waiting meanwhile.
const index = sharedCopy(buildIndex(loaded.release));
for (const piece of jsonPieces(loaded)) {
  post({ piece });
  // Otherwise the main thread would handle a thousand messages in one turn of its loop.
  if (parentPort) await once(parentPort, 'message');
}
post({ index });
parentPort?.close();
