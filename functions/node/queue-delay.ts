import { createDelayLimit, SHORT_QUEUE } from './delay-limit.ts';

/**
 * Decides which requests have waited too long for others ({@link createDelayLimit}) until Node has read them.
 *
 * The queue is the sockets that have become readable: Node reads them all in one turn of its event loop. The time since the turn's
 * first request is the time that a request has waited at least.
 */
export function createQueueDelay(
  maxDelayMs: number,
  now: () => number = () => performance.now(),
  afterTurn: (callback: () => void) => void = setImmediate,
): () => boolean {
  const limit = createDelayLimit(maxDelayMs, now());
  let turnStart: number | null = null;
  let requests = 0;
  let turnEnd = Number.NEGATIVE_INFINITY;
  const endTurn = () => {
    const time = now();
    if (turnStart !== null && (requests <= SHORT_QUEUE || time - turnStart < limit.overloadedMs)) limit.emptied(time);
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
      if (time - turnEnd > limit.overloadedMs) limit.emptied(time);
      return false;
    }
    if (requests <= SHORT_QUEUE) return false;
    return limit.isTooLate(time - turnStart, time);
  };
}
