/** Once the queue is not empty for the whole limit, a request may wait for only this part of it. */
const OVERLOAD_SHARE = 1 / 20;

/**
 * Decides which requests have waited too long, by the controlled delay of Maurer, "Fail at Scale" (ACM Queue 13:8, 2015): a queue that was
 * empty within the last 100 ms only absorbs a burst, so that a request may wait for 100 ms; in a queue that was never empty, every
 * request waits for nothing, so that it may wait for 5 ms.
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
  let turnEnd = Number.NEGATIVE_INFINITY;
  let emptyAt = now();
  const endTurn = () => {
    const time = now();
    if (turnStart !== null && time - turnStart < overloadedMs) emptyAt = time;
    turnStart = null;
    turnEnd = time;
  };
  return () => {
    const time = now();
    if (turnStart === null) {
      turnStart = time;
      afterTurn(endTurn);
      if (time - turnEnd > overloadedMs) emptyAt = time;
      return false;
    }
    const limit = time - emptyAt > maxDelayMs ? overloadedMs : maxDelayMs;
    return time - turnStart > limit;
  };
}
