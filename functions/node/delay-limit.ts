/** Once the queue is not empty for the whole limit, a request may wait for only this part of it. */
const OVERLOAD_SHARE = 1 / 20;
/**
 * Up to this many requests at once are never refused, however slow they are. A browser sends six at once; on a busy machine, the files of
 * a single visitor waited for more than 100 ms (2026-11-27).
 */
export const SHORT_QUEUE = 8;
/**
 * After a refusal the short limit stays for this time, milliseconds. At three times of the sustainable load refusals empty the queue
 * again and again; with the long limit after each, p99 was 137 ms instead of 23 (2026-11-27).
 */
const CALM_MS = 1_000;

/** Limits how long a request may wait in a queue. */
export type DelayLimit = {
  /** The limit of a queue that is not empty for the whole limit, milliseconds. */
  readonly overloadedMs: number;
  /** Notes that the queue is empty. */
  emptied(time: number): void;
  /** Whether a request has waited too long, and is to be refused. */
  isTooLate(waitedMs: number, time: number): boolean;
};

/**
 * The controlled delay of Maurer, "Fail at Scale" (ACM Queue 13:8, 2015): a queue that was empty within the last 100 ms only absorbs a
 * burst, so that a request may wait for 100 ms; in a queue that was never empty, every request waits for nothing, so that it may wait for
 * 5 ms. Unlike there, an empty queue must also have been without refusals for a second.
 * @param time milliseconds of any clock, as in both methods
 */
export function createDelayLimit(maxDelayMs: number, time: number): DelayLimit {
  const overloadedMs = maxDelayMs * OVERLOAD_SHARE;
  let emptyAt = time;
  let refusedAt = Number.NEGATIVE_INFINITY;
  return {
    overloadedMs,
    emptied(now) {
      emptyAt = now;
    },
    isTooLate(waitedMs, now) {
      const isOverloaded = now - emptyAt > maxDelayMs || now - refusedAt < CALM_MS;
      const isTooLate = waitedMs > (isOverloaded ? overloadedMs : maxDelayMs);
      if (isTooLate) refusedAt = now;
      return isTooLate;
    },
  };
}
