import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { load as saturate } from '../bench/http/load-generator.ts';
import { openLoop } from '../bench/http/open-loop.ts';
import { startServer } from '../fixtures/server-process.ts';
import { startMixedLoad } from './mixed-load.ts';
import { createProbe } from './probe-reader.ts';
import { makeReleases, releasesOf } from './soak-releases.ts';
import type { SoakMeasurements } from './soak-report.ts';

export type SoakOptions = {
  /** Duration of the mixed load. */
  readonly seconds: number;
  /** Duration of each of the four measurements of load after it. */
  readonly loadSeconds: number;
  readonly swapMs: number;
  readonly clients?: number;
  readonly pauseMs?: number;
  readonly onProgress?: (line: string) => void;
};

/** Part of the largest throughput that a server sustains for long: queues stay short. */
const SUSTAINABLE = 0.6;
/** Requests a second at which a server is idle. */
const IDLE_PER_SECOND = 50;
/** More searches than the cache answers again. */
const SEARCHES = Array.from(
  { length: 20_000 },
  (_, at) => `/search?q=tacos&limit=20&lat=${(37.71 + at / 200_000).toFixed(5)}&lon=-122.4`,
);

/** Runs the built server under a mixed load while releases are swapped, and then under too much load. */
export async function soak(options: SoakOptions): Promise<SoakMeasurements> {
  const { seconds, loadSeconds, swapMs, clients = 4, pauseMs = 5, onProgress = () => {} } = options;
  const folder = mkdtempSync(`${tmpdir()}/curbside-soak-`);
  try {
    const releases = await makeReleases(folder);
    const sink = createDirectorySink(releasesOf(`${folder}/served`));
    let swaps = 0;
    const swap = async () => {
      const next = releases[swaps % releases.length];
      if (next) await sink.publish(next.release, {});
      swaps++;
    };
    await swap();
    const probe = await createProbe(folder);
    const server = await startServer(['--data-dir', `${folder}/served`, '--refresh', 'off'], probe.env);
    try {
      const load = startMixedLoad(server.url, releases, clients, pauseMs);
      const began = performance.now();
      const sampleMs = Math.max(1_000, (seconds * 1000) / 60);
      let [nextSwap, nextSample] = [swapMs, sampleMs];
      for (;;) {
        const elapsed = performance.now() - began;
        if (elapsed >= seconds * 1000 || server.child.exitCode !== null) break;
        if (elapsed >= nextSwap) {
          await swap();
          nextSwap += swapMs;
        }
        if (elapsed >= nextSample) {
          await probe.measure(server.child);
          nextSample += sampleMs;
          onProgress(
            `${Math.round(elapsed / 1000)} s: ${load.result.tried} requests, ${load.result.faults.size} faults`,
          );
        }
        await sleep(Math.max(10, Math.min(nextSwap, nextSample) - (performance.now() - began)));
      }
      const mixed = await load.stop();
      const samples = probe.samples();
      onProgress('the mixed load is done; now too much load');

      const port = Number(new URL(server.url).port);
      const idle = await openLoop(port, SEARCHES, IDLE_PER_SECOND, loadSeconds);
      const { perSecond } = await saturate(port, SEARCHES, loadSeconds, 8);
      const sustainable = perSecond * SUSTAINABLE;
      const once = await openLoop(port, SEARCHES, sustainable, loadSeconds);
      const thrice = await openLoop(port, SEARCHES, 3 * sustainable, loadSeconds);
      const exitCode = await server.stop();
      return { mixed, samples, swaps, seconds, idle, once, thrice, sustainable, exitCode };
    } finally {
      server.child.kill('SIGKILL');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
