import { parentPort, workerData } from 'node:worker_threads';
import { load } from '../seed/load.ts';
import type { LoadTask, LoadWorkerMessage } from '../seed/load-in-worker.ts';
import { buildIndex } from './engine/embedded/build/index-builder.ts';

const { city, sources, origin, options } = workerData as LoadTask;
const post = (message: LoadWorkerMessage, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

const { release, results, warnings } = await load({
  city,
  sources,
  origin,
  options: { ...options, progress: (progress) => post({ progress }) },
});
const index = buildIndex(release);
// The rows stay here: they are most of the data, and no reader of the results needs them.
const slimResults = results.map((result) => {
  const { source } = result;
  return { ...result, source: { ...source, table: { ...source.table, rows: [] } } };
});
post({ loaded: JSON.stringify({ release, results: slimResults, warnings }), index }, [index.buffer]);
