import { boxContains } from '../../functions/model/geo.ts';
import { printWeek } from '../../functions/model/hours/week.ts';
import type { BranchHours } from '../../functions/model/vendor.ts';
import type { City } from '../city.ts';
import { HOURS_READERS } from '../record/hours-notations.ts';
import type { PermitRow } from '../record/permit-row.ts';
import type { DroppedRow, RowNote } from '../record/row-audit.ts';
import type { ScheduledPlace, ScheduleRecords } from '../record/schedule.ts';

/** A permit with its hours, with the schedule's description of the place first, and with its place if the permit had none. */
export type JoinedRow = PermitRow & { readonly hours: BranchHours };

export type ScheduleJoin = {
  readonly rows: readonly JoinedRow[];
  /** Notes on permits, in addition to those of {@link readPermits}. */
  readonly notes: readonly RowNote[];
  /** Rows of the schedule for places without a permit. */
  readonly orphans: readonly DroppedRow[];
};

const UNKNOWN_HOURS: BranchHours = { source: 'none', text: null, week: [], complete: true };

/**
 * Joins the schedule to the permits by the id of the place (not by coordinates, which differ by up to 6 km). Its hours
 * take precedence over the permit's text: that is cut off, and since 2021 no approved permit has one.
 * @param droppedIds ids of permits that were dropped: their schedule rows are not orphans
 * @param today the date in the city's zone, `YYYY-MM-DD`, for hours that depend on it; without it, they are unknown
 */
export function joinSchedule(
  city: City,
  permits: readonly PermitRow[],
  schedule: ScheduleRecords | null,
  droppedIds: ReadonlySet<string> = new Set(),
  today?: string,
): ScheduleJoin {
  const notes: RowNote[] = [];
  const places = schedule?.hoursByPlace ?? new Map<string, ScheduledPlace>();
  const known = new Set([...droppedIds, ...permits.map(({ id }) => id)]);
  const rows = permits.map((permit): JoinedRow => {
    const scheduled = places.get(permit.id);
    const note = (kind: string, detail: string) => notes.push({ id: permit.id, line: permit.line, kind, detail });
    const hours = hoursOf(city, permit, { scheduled, today }, note);
    const parking = typeof scheduled?.description === 'string' ? [scheduled.description] : [];
    const row = { ...permit, hours, descriptions: [...new Set([...parking, ...permit.descriptions])] };
    const place = scheduled?.placeFromSchedule ?? null;
    if (permit.place || place === null || !boxContains(city.facts.bounds, place)) return row;
    note('place_from_schedule', permit.placeFault?.detail ?? '');
    return { ...row, place, placeFault: null };
  });
  const orphans = [...places].flatMap(([id, { rows }]) =>
    known.has(id)
      ? []
      : rows.map(({ line }) => ({ id, line, reason: 'orphan', detail: 'no permit has a place of this id' })),
  );
  return { rows, notes, orphans };
}

function hoursOf(
  city: City,
  permit: PermitRow,
  { scheduled, today }: { readonly scheduled: ScheduledPlace | undefined; readonly today: string | undefined },
  note: (kind: string, detail: string) => void,
): BranchHours {
  if (scheduled && scheduled.week.length > 0) {
    const { week, complete } = scheduled;
    return { source: 'schedule', text: printWeek(week), week, complete };
  }
  const readText = HOURS_READERS[city.hours.notation];
  if (permit.hoursText === null || !readText) return UNKNOWN_HOURS;
  const reading = readText(permit.hoursText, today);
  if ('unreadable' in reading) {
    note('unparsed_hours', `${JSON.stringify(permit.hoursText)}: ${reading.unreadable}`);
    return UNKNOWN_HOURS;
  }
  const { week, complete, seasons } = reading;
  if (seasons !== undefined) note('seasonal_hours', `${JSON.stringify(seasons)}: read for the week from ${today}`);
  if (!complete) note('incomplete_hours', JSON.stringify(permit.hoursText));
  // A season's closed weeks have no hours to print, so the source's own words say when it opens.
  return { source: 'permit', text: week.length > 0 ? printWeek(week) : (seasons ?? null), week, complete };
}
