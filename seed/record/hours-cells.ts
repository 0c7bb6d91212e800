import type { HoursRules } from '../city.ts';
import type { Row } from '../table/table.ts';
import type { Columns } from './columns.ts';

/** Our names of the columns of hours, one for each weekday. */
const WEEKDAY_FIELDS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/**
 * The text about the hours in a row, in one notation: that of the column `hours`, or English made of several columns. A weekday with a
 * blank cell has no hours; without a column for days, a time is for every day.
 */
export function hoursOfRow({ notation }: HoursRules, columns: Columns, row: Row): string | null {
  const read = (field: string) => columns.read(row, field);
  if (notation === 'weekday-columns') {
    const days = WEEKDAY_FIELDS.filter((day) => columns.has(day));
    return days.flatMap((day) => (read(day) === undefined ? [] : `${day} ${read(day)}`)).join('; ') || null;
  }
  if (notation === 'open-close-columns') {
    const [opens, closes] = [read('opens'), read('closes')];
    if (opens === undefined && closes === undefined) return null;
    return `${columns.has('days') ? (read('days') ?? '') : 'daily'} ${opens ?? ''} - ${closes ?? ''}`.trim();
  }
  return read('hours') ?? null;
}
