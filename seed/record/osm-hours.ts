import { DAY, type Interval, mergeWeek } from '../../functions/model/hours/week.ts';
import { type HoursReading, onDay } from './hours-text.ts';

const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** A span begins on its day, and ends on the next one at the latest. */
const SPAN = '(?:[01]?\\d|2[0-3]):[0-5]\\d\\s*-\\s*(?:[0-3]?\\d|4[0-7]):[0-5]\\d';
const DAY_LIST = '(?:(?:mo|tu|we|th|fr|sa|su)(?:\\s*-\\s*(?:mo|tu|we|th|fr|sa|su))?|ph|sh)';
/** A rule: days, times, and whether it is about closed days. */
const RULE = new RegExp(
  `^(?:(?<days>${DAY_LIST}(?:\\s*,\\s*${DAY_LIST})*)\\s*:?\\s*)?(?:(?<times>${SPAN}(?:\\s*,\\s*${SPAN})*)(?:\\s+open)?|(?<always>24/7|open)|(?<off>off|closed))$`,
);
/** A comma between two times or two days is of a list; before days that follow times, it begins a rule that adds to the earlier ones. */
const ADDITION = new RegExp(`(?<=\\d:\\d\\d)\\s*,\\s*(?=${DAY_LIST})`);

type Rule = {
  readonly days: readonly number[];
  readonly spans: readonly (readonly [number, number])[];
  /** Whether it adds to the earlier rules of its days; otherwise it takes their place. */
  readonly adds: boolean;
};

/**
 * Reads the weekly part of OpenStreetMap's `opening_hours`: `Mo-Fr 08:00-18:00; Sa 10:00-14:00; PH off`, `24/7`. Hours on public and school
 * holidays are left out, because a week has none. A text with seasons, dates, weeks of a month, the sun, or times without an end is not read:
 * nothing is guessed. Specification: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification.
 *
 * Own code, because the library `opening_hours` is 1.2 MB in a bundle, under the LGPL, for what is a week here; the tests compare both.
 */
export function readOsmHours(text: string): HoursReading {
  const plain = text
    .toLowerCase()
    .replace(/"[^"]*"/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const byDay: (readonly [number, number])[][] = EVERY_DAY.map(() => []);
  const named = new Set<number>();
  let [replaces, passesMidnight] = [false, false];
  for (const part of plain.split(/\s*;\s*/).filter((one) => one !== '')) {
    for (const [at, piece] of part.split(ADDITION).entries()) {
      const rule = readRule(piece, at > 0);
      if (rule === null) return { unreadable: `"${piece.slice(0, 60)}" is no rule for a week` };
      replaces ||= !rule.adds && rule.days.some((day) => named.has(day));
      for (const day of rule.days) {
        named.add(day);
        byDay[day] = [...(rule.adds ? (byDay[day] ?? []) : []), ...rule.spans];
      }
      passesMidnight ||= rule.spans.some(([, to]) => to > DAY);
    }
  }
  if (replaces && passesMidnight)
    return { unreadable: 'it does not say which hours after midnight a later rule replaces' };
  const week: Interval[] = byDay.flatMap((spans, day) => spans.map((span) => onDay(day, span)));
  return week.length > 0 ? { week: mergeWeek(week), complete: true } : { unreadable: 'it has no hours' };
}

function readRule(text: string, adds: boolean): Rule | null {
  const { days, times, always } = RULE.exec(text)?.groups ?? {};
  if (!RULE.test(text)) return null;
  return {
    days: days === undefined ? EVERY_DAY : days.split(',').flatMap((one) => daysOf(one.trim())),
    spans: always === undefined ? (times ?? '').split(',').flatMap((span) => spanOf(span)) : [[0, DAY]],
    adds,
  };
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
