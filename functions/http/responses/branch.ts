import { localTime, type Moment, wallLater } from '../../model/hours/clock.ts';
import { minutesLeft, minutesToOpen, stateAt } from '../../model/hours/open-state.ts';
import type { BranchHit } from '../../model/query.ts';
import type { Branch, BranchHours } from '../../model/vendor.ts';
import type { BranchResponse, OpenResponse } from '../openapi/schemas/branch.ts';
import { fillObject, PER_REQUEST, type Template } from './json-template.ts';

/** What the original app wrote for a missing value. */
const NOT_AVAILABLE = 'NA';

/** The keys of a branch. */
export const BRANCH_TEMPLATE: Template<Branch, BranchResponse, 'distance_m' | 'open'> = {
  hours: ({ hours }) => hours.text ?? NOT_AVAILABLE,
  schedule: ({ permitUrl }) => permitUrl ?? NOT_AVAILABLE,
  address: ({ address }) => address ?? NOT_AVAILABLE,
  location_descriptions: ({ descriptions }) => [...descriptions],
  location: ({ lat, lon }) => ({ latitude: String(lat), longitude: String(lon) }),
  id: ({ id }) => id,
  lat: ({ lat }) => lat,
  lon: ({ lon }) => lon,
  distance_m: PER_REQUEST,
  facility: ({ facility }) => facility,
  status: ({ status }) => status,
  permit: ({ permit }) => permit,
  expires: ({ expires }) => expires,
  area: ({ area }) => area,
  open: PER_REQUEST,
  week: ({ hours }) => weekResponse(hours),
  hours_source: ({ hours }) => hours.source,
  hours_complete: ({ hours }) => hours.complete,
};

/** Builds the JSON of a branch. */
export function branchResponse({ branch, distanceMetres }: BranchHit, moment: Moment, zone: string): BranchResponse {
  return fillObject(BRANCH_TEMPLATE, branch, {
    distance_m: wholeMetres(distanceMetres),
    open: openResponse(branch.hours, moment, zone),
  });
}

/** A copy of the week, as the schema's type has it. */
export function weekResponse({ week }: BranchHours): BranchResponse['week'] {
  return week.map(([start, end]) => [start, end] as const);
}

/** The distance as callers see it. Everything before it computes with exact distances. */
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

/** Formatted times by moment and minutes: the branches of a response share a few, and Intl was 17 % of its CPU time (2026-11-21). */
const formattedTimes = new WeakMap<Moment, Map<number, string>>();

function timeAfter(moment: Moment, minutes: number, zone: string): string {
  const times = formattedTimes.get(moment) ?? new Map<number, string>();
  formattedTimes.set(moment, times);
  const text = times.get(minutes) ?? localTime(wallLater(moment, minutes, zone), zone);
  times.set(minutes, text);
  return text;
}
