import { localTime, type Moment, wallLater } from '../../model/hours/clock.ts';
import { minutesLeft, minutesToOpen, stateAt } from '../../model/hours/open-state.ts';
import type { BranchHit } from '../../model/query.ts';
import type { Branch, BranchHours } from '../../model/vendor.ts';
import type { BranchResponse, OpenResponse } from '../openapi/schemas/branch.ts';

/** What the original app wrote where the data has nothing. */
const NOTHING = 'NA';

/** Builds a branch's answer. */
export function branchResponse({ branch, distanceMetres }: BranchHit, moment: Moment, zone: string): BranchResponse {
  const { place, permit, times } = branchFacts(branch);
  const open = openResponse(branch.hours, moment, zone);
  return { ...place, distance_m: wholeMetres(distanceMetres), ...permit, open, ...times };
}

/** What an answer says of a branch whatever was asked, in parts: between them stand the distance, and whether it is open. */
export function branchFacts(branch: Branch) {
  return {
    place: {
      hours: branch.hours.text ?? NOTHING,
      schedule: branch.permitUrl ?? NOTHING,
      address: branch.address ?? NOTHING,
      location: { latitude: String(branch.lat), longitude: String(branch.lon) },
      id: branch.id,
      lat: branch.lat,
      lon: branch.lon,
    },
    permit: {
      facility: branch.facility,
      status: branch.status,
      permit: branch.permit,
      expires: branch.expires,
      area: branch.area,
    },
    times: {
      week: branch.hours.week.map(([start, end]) => [start, end] as const),
      hours_source: branch.hours.source,
      hours_complete: branch.hours.complete,
    },
  };
}

/** A distance as it is written; it is never rounded before. */
export function wholeMetres(metres: number | null): number | null {
  return metres === null ? null : Math.round(metres);
}

/** The state at a moment, and when it changes. */
export function openResponse(hours: BranchHours, moment: Moment, zone: string): OpenResponse {
  const state = stateAt(hours, moment.minute);
  const left = minutesLeft(hours.week, moment.minute);
  const wait = state === 'open' ? null : minutesToOpen(hours.week, moment.minute);
  const later = (minutes: number | null) =>
    minutes === null || minutes === Number.POSITIVE_INFINITY ? null : timeAfter(moment, minutes, zone);
  return { state, until: later(left), next: later(wait), source: hours.source };
}

/** Times already written, by moment and minutes: an answer's branches share a few, and Intl was 17 % of its CPU time (2026-11-21). */
const written = new WeakMap<Moment, Map<number, string>>();

function timeAfter(moment: Moment, minutes: number, zone: string): string {
  const times = written.get(moment) ?? new Map<number, string>();
  written.set(moment, times);
  const text = times.get(minutes) ?? localTime(wallLater(moment, minutes, zone), zone);
  times.set(minutes, text);
  return text;
}
