import { DAY, WEEK } from './week.ts';

/** A moment, as an instant and as a minute of the week. */
export type Moment = {
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Minutes since Monday 00:00 by the zone's wall clock, 0..10079. */
  readonly minute: number;
};

/** What a wall clock shows, with the date. */
type WallTime = { readonly year: number; readonly month: number; readonly day: number; readonly minuteOfDay: number };

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time zone in which this process runs; `null` if unknown. */
let processZone: string | null = null;

/**
 * Declares the time zone in which this process runs; `null` for unknown. Times of that zone are then read from `Date`: the first
 * `Intl.DateTimeFormat` costs 18 ms (2026-11-21), half the budget of a function's cold start.
 */
export function setProcessZone(zone: string | null): void {
  processZone = zone;
}

function wallAt(instant: number, zone: string): WallTime {
  if (zone === processZone) {
    const local = new Date(instant);
    const minuteOfDay = local.getHours() * 60 + local.getMinutes();
    return { year: local.getFullYear(), month: local.getMonth() + 1, day: local.getDate(), minuteOfDay };
  }
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, minuteOfDay: hour * 60 + minute };
}

/** A wall time read as UTC, in milliseconds, so that days and weekdays can be computed from it. */
function asUtc({ year, month, day, minuteOfDay }: WallTime): number {
  return Date.UTC(year, month - 1, day, 0, minuteOfDay);
}

/** A zone's UTC offset at an instant, in milliseconds; positive east of Greenwich. */
export function offsetAt(instant: number, zone: string): number {
  return asUtc(wallAt(instant, zone)) - Math.floor(instant / 60_000) * 60_000;
}

export function momentAt(instant: number, zone: string): Moment {
  return { instant, minute: minuteOfUtcWeek(asUtc(wallAt(instant, zone))) };
}

/** 1970-01-01 was a Thursday, three days after a Monday. */
function minuteOfUtcWeek(utc: number): number {
  const minutes = Math.floor(utc / 60_000) + 3 * DAY;
  return ((minutes % WEEK) + WEEK) % WEEK;
}

/**
 * The instant at which a zone's wall clock shows a time.
 * @param utc the wall time read as UTC, in milliseconds. A time that a change to summer time skips is read in winter time, so the
 *   clock shows an hour more; of a time that occurs twice, the first is returned.
 */
export function instantOfWall(utc: number, zone: string): number {
  // No zone is more than 14 h from UTC, and no zone changes its offset twice within two days.
  const [before, after] = [offsetAt(utc - 86_400_000, zone), offsetAt(utc + 86_400_000, zone)];
  const early = utc - Math.max(before, after);
  const late = utc - Math.min(before, after);
  return asUtc(wallAt(early, zone)) === utc ? early : asUtc(wallAt(late, zone)) === utc ? late : utc - before;
}

/** The instant at which the wall clock shows `minutes` more than now. Across a clock change the elapsed time differs from `minutes`. */
export function wallLater({ instant }: Moment, minutes: number, zone: string): number {
  return instantOfWall(asUtc(wallAt(instant, zone)) + minutes * 60_000, zone);
}

/** RFC 3339 to the minute, with the zone's offset: `2026-09-22T14:00-07:00`. */
export function localTime(instant: number, zone: string): string {
  const offset = offsetAt(instant, zone) / 60_000;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(instant + offset * 60_000).toISOString().slice(0, 16)}${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Parses a caller's time: RFC 3339 (`2026-09-22T12:15:00-07:00`, `…Z`), local time of the zone (`2026-09-22T12:15`), a weekly time
 * (`wed12:15`: the next one from `now` on), or seconds since 1970. `undefined` if it is none of these.
 */
export function parseMoment(text: string, { zone, now }: { zone: string; now: number }): Moment | undefined {
  const trimmed = text.trim();
  if (/^\d{9,11}$/.test(trimmed)) return momentAt(Number(trimmed) * 1000, zone);
  const weekly = /^([a-z]{3,9})[ T]?(\d{1,2}):(\d{2})$/i.exec(trimmed);
  if (weekly) return weeklyMoment(weekly, { zone, now });
  // A plus before the offset may arrive as a blank: that is how a URL decodes it.
  const dated = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+ -]\d{2}:?\d{2})?$/i.exec(trimmed);
  if (!dated) return undefined;
  const [, date = '', hours, minutes, offset] = dated;
  const day = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const utc = day + (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (!offset) return momentAt(instantOfWall(utc, zone), zone);
  return momentAt(utc - offsetMinutes(offset) * 60_000, zone);
}

function offsetMinutes(offset: string): number {
  const [, sign, hours, minutes] = /^([+ -])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -total : total;
}

function weeklyMoment(match: RegExpExecArray, { zone, now }: { zone: string; now: number }): Moment | undefined {
  const [, name = '', hours, minutes] = match;
  const day = WEEKDAYS.findIndex(
    (weekday) => weekday === name.toLowerCase() || weekday.slice(0, 3) === name.toLowerCase(),
  );
  const minuteOfDay = Number(hours) * 60 + Number(minutes);
  if (day < 0 || Number(minutes) > 59 || minuteOfDay >= DAY) return undefined;
  const minute = day * DAY + minuteOfDay;
  const current = momentAt(now, zone);
  return { minute, instant: wallLater(current, (minute - current.minute + WEEK) % WEEK, zone) };
}
