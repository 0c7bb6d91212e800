import { parentPort, workerData } from 'node:worker_threads';
import { packForPages } from './releases/index-download.ts';

// A copy, because texts cannot be decoded from shared memory everywhere.
const packed = await packForPages(new Uint8Array(workerData as Uint8Array));
parentPort?.postMessage(packed, [packed.buffer]);
