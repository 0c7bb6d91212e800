import { instantOfWall, offsetAt } from '../../../model/hours/clock.ts';
import { DAY, type Interval, splitLong } from '../../../model/hours/week.ts';
import type { ZoneChange } from '../../../model/hours/zone-changes.ts';
import { type Component, instantText, type Line, text, wallText } from './ical.ts';

const MINUTE_MS = 60_000;
const DAY_MS = DAY * MINUTE_MS;
const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** Stretches of the week that are the same on several days: one event. */
export type Repeated = {
  /** Minutes from midnight. */
  readonly start: number;
  /** 1 to 1440. */
  readonly minutes: number;
  /** 0 is Monday. */
  readonly days: readonly number[];
};

/** A week as events that repeat; stretches over 24 hours are cut at midnights. */
export function repeatedHours(week: readonly Interval[]): Repeated[] {
  const byHours = new Map<string, { start: number; minutes: number; days: number[] }>();
  for (const [start, end] of week.flatMap(splitLong)) {
    const key = `${start % DAY} ${end - start}`;
    const hours = byHours.get(key) ?? { start: start % DAY, minutes: end - start, days: [] };
    byHours.set(key, hours);
    hours.days.push(Math.floor(start / DAY) % 7);
  }
  return [...byHours.values()].map((hours) => ({ ...hours, days: [...new Set(hours.days)].sort((a, b) => a - b) }));
}

export type EventTime = {
  readonly zone: string;
  /** The first day on which an event may begin, as if it were UTC. */
  readonly from: number;
  /** The last one; `null`: without end. */
  readonly until: number | null;
  /** The zone's changes in that time, as far as they are looked ahead. */
  readonly changes: readonly ZoneChange[];
};

/**
 * The events of some hours: one that repeats weekly, and one for each night on which the clocks are changed within it, because RFC 5545
 * repeats exact durations, while the hours are meant by the wall. None when the permit ends before the first.
 * @param own what else is said of it: `UID`, `SUMMARY`, …
 */
export function repeatedEvents(hours: Repeated, time: EventTime, own: readonly Line[]): Component[] {
  const { zone, from, until, changes } = time;
  const first = from + daysUntil(hours.days, from) * DAY_MS;
  if (until !== null && first > until) return [];
  const at = `;TZID=${zone}`;
  const stamp = (day: number) => wallText(day + hours.start * MINUTE_MS);
  const skipped: Line[] = [];
  const changed: Component[] = [];
  for (const day of changedDays(hours, changes)) {
    if (day < first || (until !== null && day > until)) continue;
    const [start, end] = [hours.start, hours.start + hours.minutes].map((minute) =>
      instantByWall(day + minute * MINUTE_MS, zone, changes),
    ) as [number, number];
    if (end - start === hours.minutes * MINUTE_MS) continue;
    if (end <= start) {
      skipped.push([`EXDATE${at}`, stamp(day)]);
      continue;
    }
    const wall = (instant: number) => wallText(instant + offsetAt(instant, zone));
    const lines: Line[] = [
      [`RECURRENCE-ID${at}`, stamp(day)],
      [`DTSTART${at}`, wall(start)],
      [`DTEND${at}`, wall(end)],
    ];
    changed.push({ name: 'VEVENT', lines: [...own, ...lines], parts: [] });
  }
  const last = until === null ? '' : `;UNTIL=${instantText(instantOfWall(until + DAY_MS, zone) - 1000)}`;
  const lines: Line[] = [
    [`DTSTART${at}`, stamp(first)],
    ['DURATION', durationText(hours.minutes)],
    ['RRULE', `FREQ=WEEKLY${last};BYDAY=${hours.days.map((day) => BYDAY[day]).join(',')}`],
    ...skipped,
  ];
  return [{ name: 'VEVENT', lines: [...own, ...lines], parts: [] }, ...changed];
}

/** Days on which these hours begin and a change may be within them. A whole day is a day of 23 or 25 hours by itself. */
function changedDays({ days, minutes }: Repeated, changes: readonly ZoneChange[]): number[] {
  if (minutes === DAY) return [];
  const near = changes.flatMap(({ instant, before }) => {
    const day = Math.floor((instant + before) / DAY_MS) * DAY_MS;
    return [day - DAY_MS, day];
  });
  return near.filter((day) => days.includes(weekday(day)));
}

/** The instant of a time of the wall; of one that is skipped, the change. */
function instantByWall(utc: number, zone: string, changes: readonly ZoneChange[]): number {
  const skips = changes.find(({ instant, before, after }) => utc >= instant + before && utc < instant + after);
  return skips ? skips.instant : instantOfWall(utc, zone);
}

function daysUntil(days: readonly number[], from: number): number {
  return Math.min(...days.map((day) => (day - weekday(from) + 7) % 7));
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
function weekday(utc: number): number {
  return (((Math.floor(utc / DAY_MS) + 3) % 7) + 7) % 7;
}

/** A day is nominal in RFC 5545, hours are exact. */
function durationText(minutes: number): string {
  if (minutes === DAY) return 'P1D';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
}

/** A name and a text, when there is one. */
export function textLine(name: string, value: string | null): Line[] {
  return value === null || value === '' ? [] : [[name, text(value)]];
}
