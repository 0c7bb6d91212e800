import { DAY, type Interval, mergeWeek } from '../../functions/model/hours/week.ts';
import { type HoursReading, onDay } from './hours-text.ts';
import { DATE_LIST, isOneOf, MONTH, readDates, type YearlyDates } from './osm-dates.ts';

const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** A span begins on its day, and ends on the next one at the latest. */
const SPAN = '(?:[01]?\\d|2[0-3]):[0-5]\\d\\s*-\\s*(?:[0-3]?\\d|4[0-7]):[0-5]\\d';
const DAY_LIST = '(?:(?:mo|tu|we|th|fr|sa|su)(?:\\s*-\\s*(?:mo|tu|we|th|fr|sa|su))?|ph|sh)';
/** A rule: dates, days, times, and whether it is about closed days. */
const RULE = new RegExp(
  `^(?:(?<dates>${DATE_LIST})\\s*:?\\s*)?(?:(?<days>${DAY_LIST}(?:\\s*,\\s*${DAY_LIST})*)\\s*:?\\s*)?(?:(?<times>${SPAN}(?:\\s*,\\s*${SPAN})*)(?:\\s+open)?|(?<always>24/7|open)|(?<off>off|closed))$`,
);
/** A comma between two times or two days is of a list; before days that follow times, it begins a rule that adds to the earlier ones. */
const ADDITION = new RegExp(`(?<=\\d:\\d\\d)\\s*,\\s*(?=${DAY_LIST}|${MONTH})`);

type Rule = {
  /** The dates on which it holds; null: every day of the year. */
  readonly dates: readonly YearlyDates[] | null;
  readonly days: readonly number[];
  readonly spans: readonly (readonly [number, number])[];
  /** Whether it adds to the earlier rules of its days; otherwise it takes their place. */
  readonly adds: boolean;
};

/**
 * Reads the weekly part of OpenStreetMap's `opening_hours`: `Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH off`, `24/7`. Of seasons and dates
 * (`Apr-Oct: 10:00-18:00; Dec 24-26 off`), the week has the hours of the seven days that begin today, which a daily refresh keeps right; if
 * these are none, it is closed. Hours on public and school holidays are left out, because a week has none. A text with years, numbered
 * weeks, Easter, weeks of a month, the sun, or times without an end is not read: nothing is guessed. Specification: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
 *
 * Own code, because the library `opening_hours` is 1.2 MB in a bundle, under the LGPL, for what is a week here; the tests compare both.
 *
 * @param today the date in the city's zone, `YYYY-MM-DD`; without it, a text with dates is not read
 */
export function readOsmHours(text: string, today?: string): HoursReading {
  const written = text
    .replace(/"[^"]*"/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const plain = written.toLowerCase();
  const byDay: (readonly [number, number])[][] = EVERY_DAY.map(() => []);
  const named = new Set<number>();
  const dates = today === undefined ? null : comingDates(today);
  let [replaces, passesMidnight, isSeasonal] = [false, false, false];
  for (const part of plain.split(/\s*;\s*/).filter((one) => one !== '')) {
    for (const [at, piece] of part.split(ADDITION).entries()) {
      const rule = readRule(piece, at > 0);
      if (rule === null) return { unreadable: `"${piece.slice(0, 60)}" is no rule for a week` };
      if (rule.dates && !dates) return { unreadable: `"${piece.slice(0, 60)}" depends on the date` };
      isSeasonal ||= rule.dates !== null;
      const days = rule.days.filter((day) => !rule.dates || isOneOf(rule.dates, dates?.[day] ?? ''));
      replaces ||= !rule.adds && days.some((day) => named.has(day));
      for (const day of days) {
        named.add(day);
        byDay[day] = [...(rule.adds ? (byDay[day] ?? []) : []), ...rule.spans];
      }
      passesMidnight ||= days.length > 0 && rule.spans.some(([, to]) => to > DAY);
    }
  }
  if (replaces && passesMidnight)
    return { unreadable: 'it does not say which hours after midnight a later rule replaces' };
  const week: Interval[] = byDay.flatMap((spans, day) => spans.map((span) => onDay(day, span)));
  if (isSeasonal) return { week: mergeWeek(week), complete: true, seasons: written };
  return week.length > 0 ? { week: mergeWeek(week), complete: true } : { unreadable: 'it has no hours' };
}

function readRule(text: string, adds: boolean): Rule | null {
  const { dates, days, times, always } = RULE.exec(text)?.groups ?? {};
  const yearly = dates === undefined ? null : readDates(dates);
  if (!RULE.test(text) || (dates !== undefined && yearly === null)) return null;
  return {
    dates: yearly,
    days: days === undefined ? EVERY_DAY : days.split(',').flatMap((one) => daysOf(one.trim())),
    spans: always === undefined ? (times ?? '').split(',').flatMap((span) => spanOf(span)) : [[0, DAY]],
    adds,
  };
}

/** The date of each weekday, from Monday, among the seven days that begin today. */
function comingDates(today: string): string[] {
  const first = Date.parse(`${today}T00:00:00Z`);
  const monday = (new Date(first).getUTCDay() + 6) % 7;
  return EVERY_DAY.map((day) => new Date(first + ((day - monday + 7) % 7) * 86_400_000).toISOString().slice(0, 10));
}

/** Holidays are no days of the week. */
function daysOf(text: string): number[] {
  const [first = '', last = first] = text.split('-').map((day) => day.trim());
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from === -1 || to === -1) return [];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => (from + at) % 7);
}

/** An end at or before the start is on the next day, as one after 24:00 is. */
function spanOf(text: string): [number, number][] {
  const [from, to] = text.split('-').map(minutesOf);
  return from === undefined || to === undefined ? [] : [[from, to > from ? to : to + DAY]];
}

function minutesOf(text: string): number {
  const [hours, minutes] = text.trim().split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
