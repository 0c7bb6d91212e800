import { parentPort, workerData } from 'node:worker_threads';
import { gzip } from './node/gzip.ts';
import { createThreadApp } from './threads/thread-app.ts';
import type { ThreadSettings } from './threads/thread-messages.ts';

const port = parentPort;
if (!port) throw new Error('search-worker.js runs as a worker thread of server.js only');
const receive = createThreadApp({
  ...(workerData as ThreadSettings),
  gzip,
  post: (message, transfer = []) => port.postMessage(message, transfer),
});
port.on('message', receive);
