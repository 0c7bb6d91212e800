import { localTime, type Moment, wallLater } from '../model/clock.ts';
import { minutesLeft, minutesToOpen, type OpenState, stateAt } from '../model/open.ts';
import type { BranchHit } from '../model/query.ts';
import type { BranchHours, HoursSource } from '../model/vendor.ts';
import type { Interval } from '../model/week.ts';

/** What the original app wrote where the data has nothing. */
const NOTHING = 'NA';

/** Whether a branch is permitted to be open at the asked time. */
export type OpenAnswer = {
  state: OpenState;
  /** When it closes, RFC 3339 in the city's zone; `null` unless it is open and closes some day. */
  until: string | null;
  /** When it opens next; `null` when it is open or nobody knows. */
  next: string | null;
  source: HoursSource;
};

/** A branch on the wire: the original app's four keys with their types, then ours. Every key is always there. */
export type BranchAnswer = {
  hours: string;
  schedule: string;
  address: string;
  location: { latitude: string; longitude: string };
  id: string;
  lat: number;
  lon: number;
  /** Whole metres from `query.lat`,`query.lon`; `null` without them. */
  distance_m: number | null;
  facility: string;
  status: string;
  permit: string | null;
  /** Last day of the permit, `YYYY-MM-DD`. */
  expires: string | null;
  area: string | null;
  open: OpenAnswer;
  /** Minutes from Monday 00:00 in `meta.timezone`, half-open; an end over 10080 reaches into Monday. */
  week: Interval[];
  hours_source: HoursSource;
  /** False: the source was cut off, a time outside `week` is unknown. */
  hours_complete: boolean;
};

/** Builds a branch's answer. */
export function branchAnswer({ branch, distanceMetres }: BranchHit, moment: Moment, zone: string): BranchAnswer {
  return {
    hours: branch.hours.text ?? NOTHING,
    schedule: branch.permitUrl ?? NOTHING,
    address: branch.address ?? NOTHING,
    location: { latitude: String(branch.lat), longitude: String(branch.lon) },
    id: branch.id,
    lat: branch.lat,
    lon: branch.lon,
    distance_m: distanceMetres === null ? null : Math.round(distanceMetres),
    facility: branch.facility,
    status: branch.status,
    permit: branch.permit,
    expires: branch.expires,
    area: branch.area,
    open: openAnswer(branch.hours, moment, zone),
    week: branch.hours.week.map(([start, end]) => [start, end] as const),
    hours_source: branch.hours.source,
    hours_complete: branch.hours.complete,
  };
}

/** The state at a moment, and when it changes. */
export function openAnswer(hours: BranchHours, moment: Moment, zone: string): OpenAnswer {
  const state = stateAt(hours, moment.minute);
  const left = minutesLeft(hours.week, moment.minute);
  const wait = state === 'open' ? null : minutesToOpen(hours.week, moment.minute);
  const later = (minutes: number | null) =>
    minutes === null || minutes === Number.POSITIVE_INFINITY ? null : localTime(wallLater(moment, minutes, zone), zone);
  return { state, until: later(left), next: later(wait), source: hours.source };
}
