/** Minutes in a week: 7 x 24 x 60. */
export const WEEK = 10_080;
/** Minutes in a day. */
export const DAY = 1_440;

/**
 * An interval of the week in minutes from Monday 00:00, in the city's own zone: `start` in 0..10079, `end` after
 * `start` and at most one week later. Half-open, so 11:00-14:00 is open at 13:59 and closed at 14:00. An end over
 * 10080 reaches into the next week (Sunday 22:00 to Monday 02:00 is `[9960, 10200]`).
 */
export type Interval = readonly [start: number, end: number];

/** Weekday names as {@link printWeek} prints them, Monday first. */
export const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;

/**
 * The canonical form of a set of minutes: sorted, with overlapping and touching intervals merged, also across the end of the week.
 * Two weeks are the same exactly when their merged forms are equal.
 * @throws RangeError if an interval does not have the form described at {@link Interval}.
 */
export function mergeWeek(intervals: readonly Interval[]): Interval[] {
  const pieces: [number, number][] = [];
  for (const [start, end] of intervals) {
    if (!(start >= 0 && start < WEEK && end > start && end <= start + WEEK)) {
      throw new RangeError(
        `[${start}, ${end}] is not an interval of a week: start must be 0..10079, and end at most ${WEEK} later`,
      );
    }
    pieces.push([start, Math.min(end, WEEK)]);
    if (end > WEEK) pieces.push([0, end - WEEK]);
  }
  pieces.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [start, end] of pieces) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  const first = merged[0];
  const last = merged.at(-1);
  if (first && last && first !== last && first[0] === 0 && last[1] === WEEK) {
    last[1] = WEEK + first[1];
    merged.shift();
  }
  return merged;
}

/**
 * Prints a canonical week ({@link mergeWeek}) in the notation of the city's permits, with minutes where needed:
 * `Mo-Fr:11AM-2PM/5:30PM-9PM;Sa:10PM-3AM`. Days with the same ranges are grouped; a range that ends at or before its start ends on
 * the next day. An empty week is an empty text. The loader's parser reads the text back to the same week.
 */
export function printWeek(week: readonly Interval[]): string {
  const byDay: string[][] = DAYS.map(() => []);
  for (const [start, end] of week.flatMap(splitLong)) {
    byDay[Math.floor(start / DAY) % 7]?.push(`${clock(start)}-${clock(end)}`);
  }
  const groups = new Map<string, number[]>();
  byDay.forEach((ranges, day) => {
    if (ranges.length > 0) groups.set(ranges.join('/'), [...(groups.get(ranges.join('/')) ?? []), day]);
  });
  const text = [...groups].flatMap(([ranges, days]) => dayLists(days).map((list) => `${list}:${ranges}`)).join(';');
  return text.length === CUT_LENGTH ? text.replace(':', ': ') : text;
}

/** The portal truncates hours to this many characters (measured 2013-2024), so a text of exactly this length reads as truncated. */
export const CUT_LENGTH = 99;

/** Splits an interval of more than 24 hours at midnights, as the permits' notation, calendars and people need it. */
export function splitLong([start, end]: Interval): Interval[] {
  if (end - start <= DAY) return [[start, end]];
  const midnight = (Math.floor(start / DAY) + 1) * DAY;
  return [[start, midnight], ...splitLong([midnight, end])];
}

/**
 * Days (0..6 ascending) in the permits' notation: consecutive days as a range, up to four others as a list. A list of five is never
 * printed: the portal truncates lists there, so a list of five days may mean six.
 */
function dayLists(days: readonly number[]): string[] {
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
  if (days.length > 2 && last - first === days.length - 1) return [`${DAYS[first]}-${DAYS[last]}`];
  if (days.length <= 4) return [days.map((day) => DAYS[day]).join('/')];
  const gap = days.findIndex((day, index) => (days[index + 1] ?? day + 1) !== day + 1) + 1;
  return [...dayLists(days.slice(0, gap)), ...dayLists(days.slice(gap))];
}

function clock(minute: number): string {
  const minuteOfDay = minute % DAY;
  const hour = Math.floor(minuteOfDay / 60);
  const minutes = minuteOfDay % 60 === 0 ? '' : `:${String(minuteOfDay % 60).padStart(2, '0')}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? 'AM' : 'PM'}`;
}
