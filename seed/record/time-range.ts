import { DAY } from '../../functions/model/hours/week.ts';

/** Minutes after a day's midnight; the end may be on the next day. */
export type TimeRange = readonly [from: number, to: number];

/**
 * A range of two clock times. An end at or before the start is on the next day: `22:00-03:00`. `08:00-08:00` is 24 hours: a city's permits
 * write `8AM-8AM` for the same place, and an empty range would permit nothing. `undefined`: they are no times.
 */
export function timeRange(start: string, end: string): TimeRange | undefined {
  const [from, to] = [readClock(start), readClock(end)];
  if (from === undefined || to === undefined || from === DAY) return undefined;
  return [from, to > from ? to : to + DAY];
}

/** A range in one text: `11am-3pm`, `07:00 – 10:30`. */
export function readTimeRange(text: string): TimeRange | undefined {
  const [start = '', end = '', ...more] = text.split(/\s*(?:[-–—]|\bto\b)\s*/);
  return more.length === 0 ? timeRange(start, end) : undefined;
}

/** `HH:MM` up to `24:00`, or `10AM` as in columns for people. */
function readClock(text: string): number | undefined {
  const match = /^(\d{1,2})(?::([0-5]\d)(?::00)?)?\s*([AP]M)?$/i.exec(text.trim());
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined;
  const hour = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  if (match[3] === undefined) return hour * 60 + minutes <= DAY ? hour * 60 + minutes : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (/^p/i.test(match[3]) ? 12 : 0)) * 60 + minutes;
}
