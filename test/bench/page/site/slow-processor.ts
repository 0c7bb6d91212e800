import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Browser } from 'playwright-core';

/**
 * DevTools' throttling slows only the page's main thread, and not its workers. So the processes that run pages are stopped and continued in
 * turn, and all of their threads with them: at a quarter of the speed, they run for 2 ms and stand still for three times as long as they
 * have run, because timers are late on a busy machine.
 */
const RUN_MS = 2;

const THROTTLE = `
  const { workerData: { pids, runMs, rate } } = require('node:worker_threads');
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const send = (signal) => { for (const pid of pids) try { process.kill(pid, signal); } catch {} };
  for (let balance = 0; ; ) {
    const from = performance.now();
    send('SIGCONT');
    Atomics.wait(clock, 0, 0, runMs);
    send('SIGSTOP');
    const stopped = performance.now();
    balance += (stopped - from) * (rate - 1);
    if (balance > 0) Atomics.wait(clock, 0, 0, balance);
    balance -= performance.now() - stopped;
  }`;

/** The processes of a browser that run pages and their workers. */
export async function pageProcesses(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Slows processes down until the returned function is called. @param rate 1 does nothing */
export function slowDown(pids: readonly number[], rate: number): () => Promise<void> {
  if (rate === 1) return async () => {};
  const thread = new Worker(THROTTLE, { eval: true, workerData: { pids, runMs: RUN_MS, rate } });
  return async () => {
    await thread.terminate();
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

/** Milliseconds of processor time that dedicated workers of some processes have used; `NaN` where the system does not say it. */
export function workerTime(pids: readonly number[]): number {
  try {
    let nanoseconds = 0;
    for (const pid of pids) {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const task = `/proc/${pid}/task/${thread}`;
        if (!readFileSync(`${task}/comm`, 'utf8').startsWith('DedicatedWorker')) continue;
        nanoseconds += Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]);
      }
    }
    return nanoseconds / 1e6;
  } catch {
    return Number.NaN;
  }
}
