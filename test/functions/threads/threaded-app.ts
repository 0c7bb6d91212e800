import { pathToFileURL } from 'node:url';
import { createApp } from '../../../functions/http/app.ts';
import type { RequestRecord } from '../../../functions/http/middleware/request-record.ts';
import type { Release } from '../../../functions/model/release.ts';
import { gzip } from '../../../functions/node/gzip.ts';
import { createServedEngine } from '../../../functions/threads/served-engine.ts';
import { createThreadPool } from '../../../functions/threads/thread-pool.ts';
import { BUILD } from '../../fixtures/build-directory.ts';

const BUILT = pathToFileURL(`${BUILD}/search-worker.js`);

/** A thread that ends at the word `crash`, and otherwise does what the built one does. */
const FRAGILE = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    await import(${JSON.stringify(BUILT.href)});
    parentPort.on('message', ({ request }) => request?.url.includes('q=crash') && process.exit(3));
  `)}`,
);

/** The app with real threads, in which the release is open. */
export async function threadedApp(
  release: Release,
  { count = 1, isFragile = false, maxDelayMs = 100 as number | null, cacheBytes = 0 } = {},
) {
  const logged: string[] = [];
  const records: RequestRecord[] = [];
  const pool = createThreadPool({
    script: isFragile ? FRAGILE : BUILT,
    count,
    maxDelayMs,
    log: (event) => logged.push(event),
    reload: null,
  });
  const { current, replace, ready } = createServedEngine(release, pool);
  await ready;
  /** Requests that the threads answered. */
  let delegated = 0;
  const app = createApp({
    engine: current,
    tiles: null,
    log: (event) => logged.push(event),
    gzip,
    cacheBytes,
    onRequestDone: (record) => records.push(record),
    delegate: async (...input) => {
      const response = await pool.delegate(...input);
      if (response) delegated += 1;
      return response;
    },
  });
  return {
    app,
    logged,
    records,
    delegated: () => delegated,
    replace,
    end: pool.end,
  };
}
