import { DAY, type Interval, splitLong, WEEK } from './week.ts';

/** A part of one day in minutes from its midnight; an end over 1440 is on the next day. */
export type DayRange = readonly [start: number, end: number];

/** Days (0 Monday .. 6 Sunday, ascending) that have the same hours. */
export type DayGroup = { readonly days: readonly number[]; readonly ranges: readonly DayRange[] };

/**
 * A week as people read it: days with the same hours grouped, in the order of their first day. A night belongs to the day on which it
 * starts; an interval of more than a day is split at midnights.
 */
export function dayGroups(week: readonly Interval[]): DayGroup[] {
  const byDay: DayRange[][] = Array.from({ length: 7 }, () => []);
  for (const [start, end] of week.flatMap(splitLong)) {
    const day = Math.floor(start / DAY);
    byDay[day % 7]?.push([start - day * DAY, end - day * DAY]);
  }
  const groups = new Map<string, { days: number[]; ranges: DayRange[] }>();
  byDay.forEach((ranges, day) => {
    if (ranges.length === 0) return;
    ranges.sort((a, b) => a[0] - b[0]);
    const key = ranges.join(' ');
    const group = groups.get(key);
    if (group) group.days.push(day);
    else groups.set(key, { days: [day], ranges });
  });
  return [...groups.values()];
}

/** Whether the week has no gap. */
export function isAllWeek(week: readonly Interval[]): boolean {
  return week.some(([start, end]) => end - start >= WEEK);
}

/** Consecutive days as ranges: `[0,1,2,4]` is Monday to Wednesday, and Friday. */
export function dayRuns(days: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run[1] === day - 1) run[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}
