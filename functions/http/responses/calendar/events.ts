import { instantOfWall, offsetAt } from '../../../model/hours/clock.ts';
import { DAY, type Interval, splitLong } from '../../../model/hours/week.ts';
import type { ZoneChange } from '../../../model/hours/zone-changes.ts';
import { type Component, instantText, type Line, wallText } from './ical.ts';

const MINUTE_MS = 60_000;
const DAY_MS = DAY * MINUTE_MS;
const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** The same hours on one or more days of the week: one event. */
export type WeeklyHours = {
  /** Minutes from midnight. */
  readonly start: number;
  /** 1 to 1440. */
  readonly minutes: number;
  /** 0 is Monday. */
  readonly days: readonly number[];
};

/** A week as recurring events; intervals over 24 hours are split at midnights. */
export function weeklyHours(week: readonly Interval[]): WeeklyHours[] {
  const byHours = new Map<string, { start: number; minutes: number; days: number[] }>();
  for (const [start, end] of week.flatMap(splitLong)) {
    const key = `${start % DAY} ${end - start}`;
    const hours = byHours.get(key) ?? { start: start % DAY, minutes: end - start, days: [] };
    byHours.set(key, hours);
    hours.days.push(Math.floor(start / DAY) % 7);
  }
  return [...byHours.values()].map((hours) => ({ ...hours, days: [...new Set(hours.days)].sort((a, b) => a - b) }));
}

export type Recurrence = {
  readonly zone: string;
  /** The first day on which an event may begin, as if it were UTC. */
  readonly from: number;
  /** The last one; `null`: without end. */
  readonly until: number | null;
  /** The zone's clock changes in that time. */
  readonly changes: readonly ZoneChange[];
};

/**
 * One event that repeats weekly, and an exception for each night with a clock change within the hours: RFC 5545 repeats exact
 * durations, but the hours are meant by the clocks on the wall. Empty if the permit ends before the first event.
 * @param properties the other lines of each event: `UID`, `SUMMARY`, …
 */
export function recurringEvents(
  hours: WeeklyHours,
  { zone, from, until, changes }: Recurrence,
  properties: readonly Line[],
): Component[] {
  const first = firstDay(hours, from);
  if (until !== null && first > until) return [];
  const tzid = `;TZID=${zone}`;
  const stamp = (day: number) => wallText(day + hours.start * MINUTE_MS);
  const skipped: Line[] = [];
  const exceptions: Component[] = [];
  for (const day of daysWithChange(hours, changes)) {
    if (day < first || (until !== null && day > until)) continue;
    const [start, end] = [hours.start, hours.start + hours.minutes].map((minute) =>
      instantByWall(day + minute * MINUTE_MS, zone, changes),
    ) as [number, number];
    if (end - start === hours.minutes * MINUTE_MS) continue;
    if (end <= start) {
      skipped.push([`EXDATE${tzid}`, stamp(day)]);
      continue;
    }
    const wall = (instant: number) => wallText(instant + offsetAt(instant, zone));
    exceptions.push(
      event([
        ...properties,
        [`RECURRENCE-ID${tzid}`, stamp(day)],
        [`DTSTART${tzid}`, wall(start)],
        [`DTEND${tzid}`, wall(end)],
      ]),
    );
  }
  const end = until === null ? '' : `;UNTIL=${instantText(instantOfWall(until + DAY_MS, zone) - 1000)}`;
  const recurring = event([
    ...properties,
    [`DTSTART${tzid}`, stamp(first)],
    ['DURATION', durationText(hours.minutes)],
    ['RRULE', `FREQ=WEEKLY${end};BYDAY=${hours.days.map((day) => BYDAY[day]).join(',')}`],
    ...skipped,
  ]);
  return [recurring, ...exceptions];
}

/** Whether {@link recurringEvents} returns any event. */
export function recurs(hours: WeeklyHours, { from, until }: Pick<Recurrence, 'from' | 'until'>): boolean {
  return until === null || firstDay(hours, from) <= until;
}

function firstDay({ days }: WeeklyHours, from: number): number {
  return from + daysUntil(days, from) * DAY_MS;
}

function event(lines: readonly Line[]): Component {
  return { name: 'VEVENT', lines, components: [] };
}

/** Days on which these hours begin and may include a clock change. An event of a whole day adapts by itself to 23 or 25 hours. */
function daysWithChange({ days, minutes }: WeeklyHours, changes: readonly ZoneChange[]): number[] {
  if (minutes === DAY) return [];
  const near = changes.flatMap(({ instant, before }) => {
    const day = Math.floor((instant + before) / DAY_MS) * DAY_MS;
    return [day - DAY_MS, day];
  });
  return near.filter((day) => days.includes(weekday(day)));
}

/** The instant of a wall time; of one that a change skips, the instant of the change. */
function instantByWall(utc: number, zone: string, changes: readonly ZoneChange[]): number {
  const change = changes.find(({ instant, before, after }) => utc >= instant + before && utc < instant + after);
  return change ? change.instant : instantOfWall(utc, zone);
}

function daysUntil(days: readonly number[], from: number): number {
  return Math.min(...days.map((day) => (day - weekday(from) + 7) % 7));
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
function weekday(utc: number): number {
  return (((Math.floor(utc / DAY_MS) + 3) % 7) + 7) % 7;
}

/** In RFC 5545 a day is nominal and hours are exact. */
function durationText(minutes: number): string {
  if (minutes === DAY) return 'P1D';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
}
