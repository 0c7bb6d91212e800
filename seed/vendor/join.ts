import { boxContains } from '../../functions/model/geo.ts';
import { printWeek } from '../../functions/model/hours/week.ts';
import type { BranchHours } from '../../functions/model/vendor.ts';
import type { City } from '../city.ts';
import { readHours } from '../record/hours-text.ts';
import type { PermitRow } from '../record/permit.ts';
import type { DroppedRow, RowNote } from '../record/row-audit.ts';
import type { ScheduledPlace, ScheduleRecords } from '../record/schedule.ts';

/** A permit with its hours; its place repaired from the schedule where the permit had none. */
export type JoinedRow = PermitRow & { readonly hours: BranchHours };

export type ScheduleJoin = {
  readonly rows: readonly JoinedRow[];
  /** What became of the permits' rows beyond what {@link readPermits} noted. */
  readonly notes: readonly RowNote[];
  /** Rows of the schedule whose place no permit has. */
  readonly orphans: readonly DroppedRow[];
};

const UNKNOWN: BranchHours = { source: 'none', text: null, week: [], complete: true };

/**
 * Joins the schedule to the permits by the id of the place (never by coordinates, which differ by up to 6 km). Its hours
 * win over the permit's text: the text is damaged, and since 2021 no approved permit has one.
 * @param permitIds ids of permits that were read but dropped: their schedule rows are no orphans
 */
export function joinSchedule(
  city: City,
  permits: readonly PermitRow[],
  schedule: ScheduleRecords | null,
  permitIds: ReadonlySet<string> = new Set(),
): ScheduleJoin {
  const notes: RowNote[] = [];
  const places = schedule?.hoursByPlace ?? new Map<string, ScheduledPlace>();
  const known = new Set([...permitIds, ...permits.map(({ id }) => id)]);
  const rows = permits.map((permit): JoinedRow => {
    const scheduled = places.get(permit.id);
    const note = (kind: string, detail: string) => notes.push({ id: permit.id, line: permit.line, kind, detail });
    const hours = hoursOf(permit, scheduled, note);
    const stand = scheduled?.placeFromSchedule ?? null;
    if (permit.place || stand === null || !boxContains(city.facts.bounds, stand)) return { ...permit, hours };
    note('place_from_schedule', permit.placeFault?.detail ?? '');
    return { ...permit, hours, place: stand, placeFault: null };
  });
  const orphans = [...places].flatMap(([id, { rows }]) =>
    known.has(id)
      ? []
      : rows.map(({ line }) => ({ id, line, reason: 'orphan', detail: 'no permit has a place of this id' })),
  );
  return { rows, notes, orphans };
}

function hoursOf(
  permit: PermitRow,
  scheduled: ScheduledPlace | undefined,
  note: (kind: string, detail: string) => void,
): BranchHours {
  if (scheduled && scheduled.week.length > 0) {
    const { week, complete } = scheduled;
    return { source: 'schedule', text: printWeek(week), week, complete };
  }
  if (permit.hoursText === null) return UNKNOWN;
  const reading = readHours(permit.hoursText);
  if ('unreadable' in reading) {
    note('unparsed_hours', `${JSON.stringify(permit.hoursText)}: ${reading.unreadable}`);
    return UNKNOWN;
  }
  if (!reading.complete) note('incomplete_hours', JSON.stringify(permit.hoursText));
  return { source: 'permit', text: printWeek(reading.week), week: reading.week, complete: reading.complete };
}
