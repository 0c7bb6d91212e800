import type { Log } from '../http/middleware/error-responses.ts';

/** Time for which equal events are counted instead of logged, milliseconds. */
const WINDOW_MS = 10_000;

/**
 * Logs the first of equal events at once, and then one line with their `count` every ten seconds: an attack must not fill the log.
 * @param keyOf what makes two events equal, with few different values
 */
export function createRepeatedEvents(log: Log, windowMs = WINDOW_MS) {
  const counts = new Map<string, { count: number; last: () => void }>();
  return (event: string, kind: string, fields: Record<string, unknown> = {}): void => {
    const key = `${event} ${kind}`;
    const seen = counts.get(key);
    if (seen) {
      seen.count += 1;
      seen.last = () => log(event, { kind, ...fields, count: seen.count });
      return;
    }
    log(event, { kind, ...fields, count: 1 });
    const repeated = { count: 0, last: () => {} };
    counts.set(key, repeated);
    setTimeout(() => {
      counts.delete(key);
      if (repeated.count > 0) repeated.last();
    }, windowMs).unref();
  };
}
export type RepeatedEvents = ReturnType<typeof createRepeatedEvents>;
