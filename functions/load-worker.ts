import { parentPort, workerData } from 'node:worker_threads';
import { findCity } from '../seed/find-city.ts';
import { load } from '../seed/load.ts';
import type { LoadTask, LoadWorkerMessage } from '../seed/load-in-worker.ts';
import { buildIndex } from './engine/embedded/build/index-builder.ts';

const { city, given, origin, options } = workerData as LoadTask;
const say = (said: LoadWorkerMessage, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(said, transfer);

const { release, results, warnings } = await load({
  city: findCity(city),
  given,
  origin,
  options: { ...options, progress: (progress) => say({ progress }) },
});
const index = buildIndex(release);
// The tables stay here: what was made of them is all that anybody asks for, and they are the most of it.
const read = results.map((one) => ({ ...one, read: { ...one.read, table: { ...one.read.table, rows: [] } } }));
say({ loaded: JSON.stringify({ release, results: read, warnings }), index }, [index.buffer]);
