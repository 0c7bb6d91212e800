import type { LatLon } from '../../functions/model/geo.ts';
import { type Interval, mergeWeek } from '../../functions/model/hours/week.ts';
import type { City } from '../city.ts';
import type { Row, Table } from '../table/table.ts';
import { type Columns, resolveColumns } from './columns.ts';
import { readPlace } from './coordinates.ts';
import { HOURS_READERS } from './hours-notations.ts';
import { onDay } from './hours-text.ts';
import { placeId } from './place-id.ts';
import type { DroppedRow, RowNote } from './row-audit.ts';
import { filteredOut, foldValue } from './row-filter.ts';
import { type TimeRange, timeRange } from './time-range.ts';

/** The schedule's data about one place of the permits. */
export type ScheduledPlace = {
  readonly week: readonly Interval[];
  /** False if a row of the place could not be read, so hours may be missing. */
  readonly complete: boolean;
  /** The schedule's coordinates, used if the permit has none (median distance between the two 37 m, at most 6.2 km). */
  readonly placeFromSchedule: LatLon | null;
  /** Whether the schedule calls it a "Cold Truck"; `null` if unknown. */
  readonly coldTruck: boolean | null;
  readonly vendorName: string | null;
  /** Where the truck is parked, in words. */
  readonly description: string | null;
  /** Its rows, for the audit if no permit has the place. */
  readonly rows: readonly { readonly id: string; readonly line: number }[];
};

export type ScheduleRecords = {
  readonly hoursByPlace: ReadonlyMap<string, ScheduledPlace>;
  readonly rowsIn: number;
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
  readonly columns: Pick<Columns, 'missing' | 'unknown'>;
};

type PlaceDraft = { all: Row[]; intervals: Interval[]; unreadable: boolean; rows: { id: string; line: number }[] };

/**
 * Reads a city's schedule: one row for each place, weekday and range of hours or meal, or rows with hours in words. Overlapping rows of a
 * place are merged.
 * @param today the date in the city's zone, `YYYY-MM-DD`, for hours in words that depend on it
 * @throws Error when a required column is missing ({@link resolveColumns}).
 */
export function readSchedule(city: City, table: Table, today?: string): ScheduleRecords {
  const spec = city.sources.schedule;
  if (!spec) throw new Error(`${city.facts.id} has no schedule: leave that source out`);
  const columns = resolveColumns('schedule', spec, table);
  const drafts = new Map<string, PlaceDraft>();
  const dropped: DroppedRow[] = [];
  const notes: RowNote[] = [];
  for (const row of table.rows) {
    const id = placeId(city.permits.idFields, columns, row);
    const drop = (reason: string, detail: string) => dropped.push({ id, line: row.line, reason, detail });
    for (const detail of columns.longCells(row)) notes.push({ id, line: row.line, kind: 'long_cell', detail });
    const filtered = filteredOut(spec, columns, row);
    if (filtered !== null) {
      drop('filtered', filtered);
      continue;
    }
    if (id === null) {
      drop('no_id', 'the row names no place');
      continue;
    }
    const draft = drafts.get(id) ?? { all: [], intervals: [], unreadable: false, rows: [] };
    drafts.set(id, draft);
    draft.all.push(row);
    const hours = columns.has('hours') ? readWords(city, columns, row, today) : readRange(city, columns, row);
    if ('reason' in hours) drop(hours.reason, hours.detail);
    else {
      draft.intervals.push(...hours.week);
      draft.rows.push({ id, line: row.line });
    }
    draft.unreadable ||= 'reason' in hours || !hours.complete;
  }
  const hoursByPlace = new Map<string, ScheduledPlace>();
  for (const [id, draft] of drafts) {
    hoursByPlace.set(
      id,
      scheduledPlace(city, columns, draft, ({ line }, kind, detail) => {
        notes.push({ id, line, kind, detail });
      }),
    );
  }
  return { hoursByPlace, rowsIn: table.rows.length, dropped, notes, columns };
}

/** Where the rows of a place differ, the commonest value counts, and of equally common ones the first by code point. */
function scheduledPlace(
  city: City,
  columns: Columns,
  { all, intervals, unreadable, rows }: PlaceDraft,
  note: (row: Row, kind: string, detail: string) => void,
): ScheduledPlace {
  const commonest = <Value>(read: (row: Row) => Value | null | undefined) => commonestValue(all.map(read));
  return {
    week: mergeWeek(intervals),
    complete: !unreadable,
    placeFromSchedule: commonPlace(city, columns, all, note),
    coldTruck: commonest((row) => {
      const cold = columns.read(row, 'coldTruck')?.toLowerCase();
      return cold === undefined ? null : /^(?:y|yes|true|1)$/.test(cold);
    }),
    vendorName: commonest((row) => columns.read(row, 'name')),
    description: commonest((row) => placeText(columns.read(row, 'description'))),
    rows,
  };
}

function commonPlace(
  city: City,
  columns: Columns,
  rows: readonly Row[],
  note: (row: Row, kind: string, detail: string) => void,
): LatLon | null {
  const places: LatLon[] = [];
  const noted = new Set<string>();
  for (const row of rows) {
    const reading = readPlace(
      columns.read(row, 'lat'),
      columns.read(row, 'lon'),
      [columns.read(row, 'point')],
      city.facts.bounds,
      columns.decimalComma,
    );
    if (reading.kind === 'place') places.push(reading.place);
    else if (reading.kind !== 'none' && !noted.has(reading.detail)) {
      noted.add(reading.detail);
      note(row, `schedule_${reading.kind}`, reading.detail);
    }
  }
  return commonestValue(places);
}

function commonestValue<Value>(values: readonly (Value | null | undefined)[]): Value | null {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const value of values) {
    if (value === null || value === undefined) continue;
    const key = JSON.stringify(value);
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { value, count: 1 });
  }
  const ordered = [...counts].sort(([a, inA], [b, inB]) => inB.count - inA.count || (a < b ? -1 : 1));
  return ordered[0]?.[1].value ?? null;
}

/** The hours within a text: `6:30AM-8:15AM`, `10am to 6pm Mon thru Friday`. */
const HOURS_WORDS =
  /\d{1,2}(?::?\d{2})?\s*(?:[ap]\.?m\b\.?)?|\b(?:noon|midnight|to|thru|through|and|daily|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?|m|tu|w|th|f|sa|su)\b/gi;

/** A text about the place; `null` if it holds nothing but hours. */
function placeText(text: string | undefined): string | null {
  const words = text?.replace(/\s+/g, ' ') ?? '';
  return /\p{L}{3}/u.test(words.replace(HOURS_WORDS, ' ')) ? words : null;
}

/** The hours of a row, or why it has none: the reason and the detail of the report. */
type RowHours =
  | { readonly week: readonly Interval[]; readonly complete: boolean }
  | { readonly reason: string; readonly detail: string };

function readRange(city: City, columns: Columns, row: Row): RowHours {
  const day = readDay(columns, row);
  if (typeof day === 'string') return { reason: 'bad_day', detail: day };
  const times = readTimes(city, columns, row);
  if (typeof times === 'string') return { reason: 'bad_time', detail: times };
  return { week: [onDay(day, times)], complete: true };
}

function readWords({ hours }: City, columns: Columns, row: Row, today: string | undefined): RowHours {
  const text = columns.read(row, 'hours');
  if (text === undefined) return { reason: 'bad_time', detail: 'the row has no hours' };
  const reading = HOURS_READERS[hours.notation]?.(text, today) ?? { unreadable: `hours.notation is ${hours.notation}` };
  if (!('unreadable' in reading)) return reading;
  return { reason: 'bad_time', detail: `${JSON.stringify(text)}: ${reading.unreadable}` };
}

/** An English weekday, also shortened or in the plural: `Mon`, `Tues.`, `Thur`, `Fridays`. */
export const WEEKDAY = /^(sun|mon|tue|wed|thu|fri|sat)(?:s|nes|r|rs|ur)?(?:days?)?\.?$/i;
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The weekday, 0 = Monday, from the number (0 = Sunday), else the name; without either, the fault as text. */
function readDay(columns: Columns, row: Row): number | string {
  const order = columns.read(row, 'dayOrder');
  const name = columns.read(row, 'dayName');
  const sundayFirst =
    order === undefined
      ? DAY_NAMES.indexOf(WEEKDAY.exec(name ?? '')?.[1]?.toLowerCase() ?? '')
      : /^[0-6]$/.test(order)
        ? Number(order)
        : -1;
  if (sundayFirst >= 0) return (sundayFirst + 6) % 7;
  return `no weekday: DayOrder ${JSON.stringify(order ?? '')}, name ${JSON.stringify(name ?? '')}`;
}

/** The times of a row, by its meal or its two clock times, or the fault as text. */
function readTimes({ hours }: City, columns: Columns, row: Row): TimeRange | string {
  if (columns.has('meal')) {
    const meal = columns.read(row, 'meal') ?? '';
    return hours.meals.get(foldValue(meal)) ?? `hours.meals of the city's file has no ${JSON.stringify(meal)}`;
  }
  const [start, end] = [columns.read(row, 'start') ?? '', columns.read(row, 'end') ?? ''];
  return timeRange(start, end) ?? `no range of times: ${JSON.stringify(start)} to ${JSON.stringify(end)}`;
}
