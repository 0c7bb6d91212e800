import type { BranchHours } from '../vendor.ts';
import { type Interval, WEEK } from './week.ts';

/** Whether something is permitted to be open; `unknown` when nobody knows its hours, or not these. */
export const OPEN_STATES = ['open', 'closed', 'unknown'] as const;
export type OpenState = (typeof OPEN_STATES)[number];

/**
 * The state at a minute of the week (0..10079). With `minutes`, `open` means open all through that time. Where the hours
 * are not complete, a time outside of what is known is unknown.
 */
export function stateAt({ source, week, complete }: BranchHours, minute: number, minutes = 0): OpenState {
  const left = minutesLeft(week, minute);
  if (left !== null && left >= minutes) return 'open';
  return source === 'none' || !complete ? 'unknown' : 'closed';
}

/** Minutes until it closes; `null` when it is not open; `Infinity` when it never closes. */
export function minutesLeft(week: readonly Interval[], minute: number): number | null {
  for (const [start, end] of week) {
    const at = minute >= start ? minute : minute + WEEK;
    if (at < end) return end - start >= WEEK ? Number.POSITIVE_INFINITY : end - at;
  }
  return null;
}

/** Minutes until it opens next, 1..10080; `null` when it never does. A stretch that has begun already counts next week. */
export function minutesToOpen(week: readonly Interval[], minute: number): number | null {
  const waits = week.map(([start]) => (((start - minute - 1) % WEEK) + WEEK) % WEEK);
  return waits.length === 0 ? null : Math.min(...waits) + 1;
}
