import type { TimeLimit } from '../model/time-limit.ts';

const TICK_MS = 100;

/**
 * A signal that aborts with a TimeoutError after the process has run for `ms`. Lambda freezes a process between two invocations, for
 * minutes; afterwards, all timers that became due in the meantime fire at once. Here, a freeze counts as one tick of 100 ms.
 */
export function limitRunningTime(ms: number): TimeLimit {
  const controller = new AbortController();
  let ticks = Math.ceil(ms / TICK_MS);
  const timer = setInterval(() => {
    if (--ticks > 0) return;
    clearInterval(timer);
    controller.abort(new DOMException(`not done within ${ms} ms`, 'TimeoutError'));
  }, TICK_MS);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}
