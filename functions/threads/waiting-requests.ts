import { createDelayLimit, SHORT_QUEUE } from '../node/delay-limit.ts';

/** A queue that gives up the requests which waited too long. */
export type WaitingRequests<Item> = {
  readonly size: () => number;
  add(item: Item): void;
  /** Removes a request whose caller has left. False: it does not wait. */
  remove(item: Item): boolean;
  /** Whether the request that waited longest has waited too long, so that others are better refused before they wait. */
  isLate(): boolean;
  /** The request that waited longest, without those that it gives up. */
  next(): Item | undefined;
};

/**
 * Requests that wait for a thread, by the same limit as those that wait to be read ({@link createDelayLimit}). The last
 * {@link SHORT_QUEUE} of them are never given up, so that one long question does not refuse the requests of another visitor.
 * @param maxDelayMs `null`: no limit
 */
export function createWaitingRequests<Item>(
  maxDelayMs: number | null,
  giveUp: (item: Item) => void,
  now: () => number = () => performance.now(),
): WaitingRequests<Item> {
  /** Each with the time of its arrival. A map keeps their order. */
  const waiting = new Map<Item, number>();
  const limit = maxDelayMs === null ? null : createDelayLimit(maxDelayMs, now());
  return {
    size: () => waiting.size,
    add(item) {
      waiting.set(item, now());
    },
    remove: (item) => waiting.delete(item),
    isLate() {
      if (!limit || waiting.size <= SHORT_QUEUE) return false;
      const time = now();
      const [oldest = time] = waiting.values();
      return limit.isTooLate(time - oldest, time);
    },
    next() {
      const time = now();
      const [oldest = time] = waiting.values();
      if (limit && (waiting.size <= SHORT_QUEUE || time - oldest < limit.overloadedMs)) limit.emptied(time);
      for (const [item, since] of waiting) {
        const isTooLate = waiting.size > SHORT_QUEUE && (limit?.isTooLate(time - since, time) ?? false);
        waiting.delete(item);
        if (!isTooLate) return item;
        giveUp(item);
      }
      return undefined;
    },
  };
}
