import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { limitRunningTime } from '../../../functions/releases/running-time.ts';

/** Stops the process for a time, after which all its timers are due: what a freeze of Lambda does. */
function freeze(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('counts a freeze as one tick, not as its length', async () => {
  const { signal, end } = limitRunningTime(600);
  for (let times = 0; times < 2; times++) {
    freeze(1_000);
    await sleep(20);
    expect(signal.aborted).toBe(false);
  }
  await expect.poll(() => signal.aborted, { timeout: 5_000 }).toBe(true);
  expect((signal.reason as Error).message).toBe('not done within 600 ms');
  end();
});

it('never aborts after its end', async () => {
  const { signal, end } = limitRunningTime(100);
  end();
  await sleep(300);
  expect(signal.aborted).toBe(false);
});
