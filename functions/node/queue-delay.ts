/** Once the queue is not empty for the whole limit, a request may wait for only this part of it. */
const OVERLOAD_SHARE = 1 / 20;
/**
 * Up to this many requests at once are never refused, however slow they are. A browser sends six at once; on a busy machine, the files of
 * a single visitor waited for more than 100 ms (2026-11-27).
 */
const SHORT_QUEUE = 8;
/**
 * After a refusal the short limit stays for this time, milliseconds. At three times of the sustainable load refusals empty the queue
 * again and again; with the long limit after each, p99 was 137 ms instead of 23 (2026-11-27).
 */
const CALM_MS = 1_000;

/**
 * Decides which requests have waited too long, by the controlled delay of Maurer, "Fail at Scale" (ACM Queue 13:8, 2015): a queue that was
 * empty within the last 100 ms only absorbs a burst, so that a request may wait for 100 ms; in a queue that was never empty, every
 * request waits for nothing, so that it may wait for 5 ms. Unlike there, an empty queue must also have been without refusals for a second.
 *
 * The queue is the sockets that have become readable: Node reads them all in one turn of its event loop. The time since the turn's
 * first request is the time that a request has waited at least.
 */
export function createQueueDelay(
  maxDelayMs: number,
  now: () => number = () => performance.now(),
  afterTurn: (callback: () => void) => void = setImmediate,
): () => boolean {
  const overloadedMs = maxDelayMs * OVERLOAD_SHARE;
  let turnStart: number | null = null;
  let requests = 0;
  let turnEnd = Number.NEGATIVE_INFINITY;
  let emptyAt = now();
  let refusedAt = Number.NEGATIVE_INFINITY;
  const endTurn = () => {
    const time = now();
    if (turnStart !== null && (requests <= SHORT_QUEUE || time - turnStart < overloadedMs)) emptyAt = time;
    turnStart = null;
    requests = 0;
    turnEnd = time;
  };
  return () => {
    const time = now();
    requests += 1;
    if (turnStart === null) {
      turnStart = time;
      afterTurn(endTurn);
      if (time - turnEnd > overloadedMs) emptyAt = time;
      return false;
    }
    if (requests <= SHORT_QUEUE) return false;
    const isOverloaded = time - emptyAt > maxDelayMs || time - refusedAt < CALM_MS;
    const isTooLate = time - turnStart > (isOverloaded ? overloadedMs : maxDelayMs);
    if (isTooLate) refusedAt = time;
    return isTooLate;
  };
}
