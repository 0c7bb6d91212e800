import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/** One measurement of a server, in bytes and milliseconds. */
export type ProbeSample = {
  readonly at: number;
  readonly rss: number;
  /** After a garbage collection. */
  readonly heap: number;
  /** Memory outside of the heap that JavaScript objects hold, such as index files. */
  readonly external: number;
  readonly loopDelay: { readonly p50: number; readonly p99: number; readonly max: number };
};

/** Resolution of the loop's delay, milliseconds. It is part of every measured delay. */
export const RESOLUTION_MS = 5;

/*
 * Runs in the server's process before its own code (`node --import`): on SIGUSR2, it appends a measurement to SOAK_PROBE_FILE. The
 * server has no such code, and no port for an inspector.
 */
const file = process.env.SOAK_PROBE_FILE;
if (file && isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.on('SIGUSR2', () => {
    const milliseconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const loopDelay = {
      p50: milliseconds(delay.percentile(50)),
      p99: milliseconds(delay.percentile(99)),
      max: milliseconds(delay.max),
    };
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    const sample: ProbeSample = { at: Date.now(), rss, heap: heapUsed, external, loopDelay };
    appendFileSync(file, `${JSON.stringify(sample)}\n`);
    // The collection itself is not the server's delay.
    setImmediate(() => delay.reset());
  });
}
