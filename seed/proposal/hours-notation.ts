import { WEEKDAY } from '../record/schedule.ts';
import { nameFit, nameWords, SCHEDULE_NAMES } from './column-names.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Sureness } from './sureness.ts';

/** How a table writes hours. */
export type HoursNotation = {
  readonly kind:
    | 'permit-text'
    | 'opening-hours'
    | 'english'
    | 'weekday-columns'
    | 'open-close-columns'
    | 'schedule'
    | 'meals';
  readonly columns: readonly string[];
  readonly sureness: Sureness;
  readonly why: string;
};

/** Whether a table has a row for each of a place's hours, so that several rows are one place. */
export function hasRowPerHours(hours: HoursNotation | null): boolean {
  return hours?.kind === 'schedule' || hours?.kind === 'meals';
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** OpenStreetMap's notation has two-letter days and 24-hour times: `Mo-Fr 08:00-18:00; PH off`. */
const OPENING_HOURS =
  /^(?:(?:mo|tu|we|th|fr|sa|su|ph|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[\s\S]*\d\d:\d\d\s*-\s*\d\d:\d\d|\d\d:\d\d\s*-\s*\d\d:\d\d|24\/7)/i;
const MEAL = /^(?:breakfast|brunch|lunch|dinner|supper|late night)$/i;

/**
 * Recognises how a table writes hours, from its columns and the values of the proposed column for hours.
 * @returns null if the table has no hours
 */
export function hoursNotation(
  columns: readonly ColumnProfile[],
  hours: ColumnProfile | undefined,
): HoursNotation | null {
  if (hours && hours.share('permitHours') >= 0.5) return notationOfText(hours);
  const perDay = WEEKDAYS.flatMap((day) => columns.find(({ name }) => nameWords(name)[0]?.startsWith(day)) ?? []);
  if (perDay.length >= 5) {
    return {
      kind: 'weekday-columns',
      columns: namesOf(perDay),
      sureness: 'sure',
      why: `${perDay.length} columns are named after weekdays`,
    };
  }
  const day = columns.find((column) => column.shareOf((text) => WEEKDAY.test(text)) >= 0.8);
  const start = clockColumn(columns, 'start');
  const end = clockColumn(columns, 'end');
  if (day && start && end) {
    return {
      kind: 'schedule',
      columns: namesOf([day, start, end]),
      sureness: 'sure',
      why: 'each row has a weekday and two times',
    };
  }
  const meal = columns.find((column) => column.shareOf((text) => MEAL.test(text)) >= 0.5);
  if (day && meal) {
    return { kind: 'meals', columns: namesOf([day, meal]), sureness: 'sure', why: 'each row has a weekday and a meal' };
  }
  if (start && end) {
    return {
      kind: 'open-close-columns',
      columns: namesOf([start, end]),
      sureness: 'likely',
      why: 'two columns of times, and no column of days',
    };
  }
  return hours && hours.filled > 0 ? notationOfText(hours) : null;
}

function notationOfText(hours: ColumnProfile): HoursNotation {
  const permitText = hours.share('permitHours');
  const openingHours = hours.shareOf((text) => OPENING_HOURS.test(text));
  const found = (kind: HoursNotation['kind'], share: number, example: string): HoursNotation => ({
    kind,
    columns: [hours.name],
    sureness: share >= 0.8 ? 'sure' : 'guess',
    why: `${Math.round(share * 100)} % of the values are like "${example}"`,
  });
  if (permitText >= Math.max(0.5, openingHours)) return found('permit-text', permitText, 'Mo-Fr:9AM-2PM');
  if (openingHours >= 0.5) return found('opening-hours', openingHours, 'Mo-Fr 09:00-14:00');
  return found('english', hours.share('hours'), 'Monday-Friday 9am-2pm');
}

function clockColumn(columns: readonly ColumnProfile[], field: 'start' | 'end'): ColumnProfile | undefined {
  const hints = SCHEDULE_NAMES[field];
  const clocks = columns.filter((column) => column.share('clock') >= 0.7);
  return (
    hints &&
    clocks
      .map((column) => ({ column, fit: nameFit(column.name, hints) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit)[0]?.column
  );
}

function namesOf(columns: readonly ColumnProfile[]): string[] {
  return columns.map(({ name }) => name);
}
