import { DAY, WEEK } from './week.ts';

/** A moment as the weekly hours see it. */
export type Moment = {
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Minutes from Monday 00:00 by the clocks on the wall, 0..10079. */
  readonly minute: number;
};

type Wall = { readonly year: number; readonly month: number; readonly day: number; readonly minuteOfDay: number };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Zone of this process's own clock; `null`: nobody has said so. */
let ownZone: string | null = null;

/**
 * Says that this process's own clock is that of a zone, or no longer of a known one. Its times are then read from `Date`: the first
 * `Intl.DateTimeFormat` takes 18 ms (2026-11-21), half of what a function's cold start may take.
 */
export function setProcessZone(zone: string | null): void {
  ownZone = zone;
}

/** What the clocks on the wall of a zone show. */
function wallAt(instant: number, zone: string): Wall {
  if (zone === ownZone) {
    const own = new Date(instant);
    const minuteOfDay = own.getHours() * 60 + own.getMinutes();
    return { year: own.getFullYear(), month: own.getMonth() + 1, day: own.getDate(), minuteOfDay };
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

/** The wall's time as if it were UTC, milliseconds: days and weekdays are counted on it. */
function asUtc({ year, month, day, minuteOfDay }: Wall): number {
  return Date.UTC(year, month - 1, day, 0, minuteOfDay);
}

/** How far the wall of a zone is ahead of UTC at an instant, milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  return asUtc(wallAt(instant, zone)) - Math.floor(instant / 60_000) * 60_000;
}

/** The moment of an instant in a zone. */
export function momentAt(instant: number, zone: string): Moment {
  return { instant, minute: minuteOfUtcWeek(asUtc(wallAt(instant, zone))) };
}

/** 1970-01-01 was a Thursday: three days after a Monday. */
function minuteOfUtcWeek(utc: number): number {
  const minutes = Math.floor(utc / 60_000) + 3 * DAY;
  return ((minutes % WEEK) + WEEK) % WEEK;
}

/**
 * The instant at which the wall of a zone shows a time, given as if it were UTC. In the hour that a change to summer time skips it is the moment
 * of the same name in winter time, an hour later on the wall; of an hour that comes twice it is the first.
 */
export function instantOfWall(utc: number, zone: string): number {
  // No zone is more than 14 h from UTC, and none changes twice within two days.
  const [before, after] = [offsetAt(utc - 86_400_000, zone), offsetAt(utc + 86_400_000, zone)];
  const early = utc - Math.max(before, after);
  const late = utc - Math.min(before, after);
  return asUtc(wallAt(early, zone)) === utc ? early : asUtc(wallAt(late, zone)) === utc ? late : utc - before;
}

/** The moment at which the wall shows what it shows now and `minutes` more; over a clock change that is another span of time. */
export function wallLater({ instant }: Moment, minutes: number, zone: string): number {
  return instantOfWall(asUtc(wallAt(instant, zone)) + minutes * 60_000, zone);
}

/** RFC 3339 to the minute with the zone's offset: `2026-09-22T14:00-07:00`. */
export function localTime(instant: number, zone: string): string {
  const offset = offsetAt(instant, zone) / 60_000;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(instant + offset * 60_000).toISOString().slice(0, 16)}${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Reads the moment that a caller means: RFC 3339 (`2026-09-22T12:15:00-07:00`, `…Z`), local time of the zone
 * (`2026-09-22T12:15`), a weekly time (`wed12:15`: the next one after `now`), or seconds since 1970.
 * `undefined` when it is none of them.
 */
export function parseMoment(text: string, { zone, now }: { zone: string; now: number }): Moment | undefined {
  const given = text.trim();
  if (/^\d{9,11}$/.test(given)) return momentAt(Number(given) * 1000, zone);
  const weekly = /^([a-z]{3,9})[ T]?(\d{1,2}):(\d{2})$/i.exec(given);
  if (weekly) return weeklyMoment(weekly, { zone, now });
  // A blank before the offset is a plus that a URL has turned into one.
  const dated = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+ -]\d{2}:?\d{2})?$/i.exec(given);
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
  const ofDay = Number(hours) * 60 + Number(minutes);
  if (day < 0 || Number(minutes) > 59 || ofDay >= DAY) return undefined;
  const minute = day * DAY + ofDay;
  const current = momentAt(now, zone);
  return { minute, instant: wallLater(current, (minute - current.minute + WEEK) % WEEK, zone) };
}
