import { CUT_LENGTH, DAY, DAYS, type Interval, mergeWeek, WEEK } from '../../functions/model/hours/week.ts';

/**
 * The hours in a text; `complete` is false if a part was cut off or is in doubt. With `seasons`, which are the rules
 * as written, the hours are those of the coming seven days, and none if it is closed then.
 */
export type HoursReading =
  | { readonly week: Interval[]; readonly complete: boolean; readonly seasons?: string }
  | { readonly unreadable: string };

type Days = { readonly days: readonly number[]; readonly complete: boolean };

const TIME = /^(1[0-2]|0?[1-9])(?::([0-5]\d))?([AP])M$/;

/**
 * Reads the permits' notation of weekly hours, `Mo-Fr:9AM-10AM/12PM-1PM;Sa:10AM-2PM`, ignoring case and blanks; times may
 * have minutes (`11:30AM`). A range that ends at or before its start ends on the next day, so `8AM-8AM` is 24 hours and
 * `6PM-12AM` ends at midnight.
 *
 * The portal cuts off lists of days after five slots, and the whole value after 99 characters. Both are repaired; checked
 * against the schedule (656 of 656 values of 2017, 184 of 184 of 2021). Only the complete ranges of a cut value count:
 * `9AM-1` is never read as an hour.
 */
export function readHours(text: string): HoursReading {
  const trimmed = text.trim();
  if (trimmed === '') return { unreadable: 'no hours are given' };
  const cut = trimmed.length >= CUT_LENGTH;
  const segments = trimmed
    .replace(/\s+/g, '')
    .toUpperCase()
    .replace(/(?<!;);+$/, '')
    .split(';');
  const intervals: Interval[] = [];
  let complete = trimmed.length !== CUT_LENGTH;
  for (const [index, segment] of segments.entries()) {
    const mayBeCut = cut && index === segments.length - 1 && CUT_SEGMENT.test(segment);
    const colon = segment.indexOf(':');
    const days = readDays(colon < 0 ? segment : segment.slice(0, colon));
    const ranges = colon < 0 ? [] : segment.slice(colon + 1).split('/');
    if (days === undefined && !(mayBeCut && colon < 0)) return { unreadable: `"${segment}" does not begin with days` };
    if (ranges.length === 0 && !mayBeCut) return { unreadable: `"${segment}" has no times` };
    complete &&= ranges.length > 0 && (days?.complete ?? false);
    for (const [rangeIndex, range] of ranges.entries()) {
      const times = readRange(range);
      if (times) intervals.push(...(days?.days ?? []).map((day) => onDay(day, times)));
      else if (mayBeCut && rangeIndex === ranges.length - 1) complete = false;
      else return { unreadable: `"${range}" in "${segment}" is not a range of times such as 9AM-2PM` };
    }
  }
  if (intervals.length === 0) return { unreadable: 'it was cut off before its first range of times' };
  return { week: mergeWeek(intervals), complete };
}

/** A cut-off segment: the beginning of days, a colon and ranges. */
const CUT_SEGMENT = /^(?:(?:MO|TU|WE|TH|FR|SA|SU)[-/])*[MTWFS]?[OUEHRA]?(?::[\d:APM/-]*)?$/;

/** Minutes after a day's midnight; the end may be two days later. */
function readRange(text: string): readonly [number, number] | undefined {
  const [from, to, ...rest] = text.split('-').map(readTime);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return [from, to > from ? to : to + DAY];
}

function readTime(text: string): number | undefined {
  const match = TIME.exec(text);
  return match ? ((Number(match[1]) % 12) + (match[3] === 'P' ? 12 : 0)) * 60 + Number(match[2] ?? 0) : undefined;
}

/** The interval of the week from a weekday (0 = Monday) and minutes after its midnight. */
export function onDay(day: number, [from, to]: readonly [number, number]): Interval {
  const start = (day * DAY + from) % WEEK;
  return [start, start + to - from];
}

function readDays(text: string): Days | undefined {
  const [first, last, ...more] = text.split('-').map(dayNumber);
  if (text.includes('-')) {
    if (first === undefined || last === undefined || more.length > 0) return undefined;
    const count = ((last - first + 7) % 7) + 1;
    return { days: Array.from({ length: count }, (_, offset) => (first + offset) % 7), complete: true };
  }
  const slots = text.split('/').map(dayNumber);
  if (slots.some((day) => day === undefined)) return undefined;
  return uncutDays(slots as number[]);
}

/**
 * The days in a list. The portal sorts days Sunday first, lists a day once for each of its ranges, and keeps five slots.
 * So a list of five that ends with Saturday is complete, and one that starts with Monday was cut off:
 * `Mo/Tu/We/Th/Fr` is Monday to Saturday (Monday to Friday is written `Mo-Fr`; 31 of 31 in 2017, 3 of 3 in 2021), and
 * with repeats (`Mo/Mo/Mo/Mo/Mo`, `Mo/Mo/Tu/Tu/We`) it is Monday to Friday (13 of 13, 5 of 5). For any other list of
 * five, the days listed are certain and the rest is unknown.
 */
function uncutDays(slots: readonly number[]): Days {
  const days = [...new Set(slots)];
  if (slots.length !== 5 || slots.at(-1) === SATURDAY) return { days, complete: true };
  const consecutive = days.every((day, index) => day === index);
  if (!consecutive) return { days, complete: false };
  return { days: days.length === 5 ? [0, 1, 2, 3, 4, SATURDAY] : [0, 1, 2, 3, 4], complete: true };
}

const SATURDAY = 5;

function dayNumber(text: string): number | undefined {
  const day = DAYS.findIndex((name) => name.toUpperCase() === text);
  return day < 0 ? undefined : day;
}
