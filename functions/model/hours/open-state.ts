import type { BranchHours } from '../vendor.ts';
import { type Interval, WEEK } from './week.ts';

/** Whether a branch is permitted to be open; `unknown` if its hours are not known, or not for that time. */
export const OPEN_STATES = ['open', 'closed', 'unknown'] as const;
export type OpenState = (typeof OPEN_STATES)[number];

/** The best of several states: open, else unknown, which may be open, else closed. */
export function bestState(states: readonly OpenState[]): OpenState {
  return states.includes('open') ? 'open' : states.includes('unknown') ? 'unknown' : 'closed';
}

/** What "open at a minute" asks of the minutes after it. At most one of the two is over 0. */
export type OpenSpan = {
  /** Open means open for this many minutes, without a break. */
  readonly forMinutes: number;
  /** Open means open during some of this many minutes. */
  readonly withinMinutes: number;
};

export const THAT_MINUTE: OpenSpan = { forMinutes: 0, withinMinutes: 0 };

/** The state at a minute of the week (0..10079). If the hours are incomplete, a time outside the known intervals is `unknown`. */
export function stateAt(
  { source, week, complete }: BranchHours,
  minute: number,
  { forMinutes, withinMinutes }: OpenSpan = THAT_MINUTE,
): OpenState {
  const left = minutesLeft(week, minute);
  if (left !== null && left >= forMinutes) return 'open';
  const wait = withinMinutes > 0 ? minutesToOpen(week, minute) : null;
  if (wait !== null && wait < withinMinutes) return 'open';
  return source === 'none' || !complete ? 'unknown' : 'closed';
}

/** Minutes until it closes; `null` if it is not open, `Infinity` if it never closes. */
export function minutesLeft(week: readonly Interval[], minute: number): number | null {
  for (const [start, end] of week) {
    const at = minute >= start ? minute : minute + WEEK;
    if (at < end) return end - start >= WEEK ? Number.POSITIVE_INFINITY : end - at;
  }
  return null;
}

/** Minutes until it next opens, 1..10080; `null` if it never opens. An interval that has already begun counts for next week. */
export function minutesToOpen(week: readonly Interval[], minute: number): number | null {
  const waits = week.map(([start]) => (((start - minute - 1) % WEEK) + WEEK) % WEEK);
  return waits.length === 0 ? null : Math.min(...waits) + 1;
}
