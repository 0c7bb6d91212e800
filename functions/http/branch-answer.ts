import * as z from 'zod/mini';
import { localTime, type Moment, wallLater } from '../model/clock.ts';
import { minutesLeft, minutesToOpen, OPEN_STATES, stateAt } from '../model/open.ts';
import type { BranchHit } from '../model/query.ts';
import type { BranchHours, HoursSource } from '../model/vendor.ts';
import { localTimeSchema, named, orNull, said } from './wire.ts';

/** What the original app wrote where the data has nothing. */
const NOTHING = 'NA';

const HOURS_SOURCES = ['schedule', 'permit', 'none'] as const satisfies HoursSource[];

export const hoursSourceSchema = () =>
  said(z.enum(HOURS_SOURCES), "Where the hours come from: the city's schedule, the permit's own text, or nowhere.");

export const weekSchema = () =>
  said(
    z.array(z.readonly(z.tuple([z.int(), z.int()]))),
    'When it is permitted to operate: minutes from Monday 00:00 in `meta.timezone`, half-open. The start is 0 to 10079; an end over 10080 reaches into Monday.',
  );

export const openSchema = named(
  'Open',
  'Whether a branch is permitted to be open at `query.at`. It never says that the truck is there.',
  z.object({
    state: said(z.enum(OPEN_STATES), '`unknown` when nobody knows its hours, or not these.'),
    until: said(
      orNull(localTimeSchema()),
      "When it closes, to the minute with the city's offset; `null` unless it is open and closes some day.",
      { examples: ['2026-09-22T14:00-07:00'] },
    ),
    next: said(orNull(localTimeSchema()), 'When it opens next, written alike; `null` when it is open or nobody knows.'),
    source: hoursSourceSchema(),
  }),
);

export const branchSchema = named(
  'Branch',
  "One permitted place of a vendor: the original app's four keys, then ours.",
  z.object({
    hours: said(z.string(), "The weekly hours in the city's notation (`Mo-Fr:11AM-2PM`), or `NA`."),
    schedule: said(z.string(), "The city's page about the permit, or `NA`."),
    address: said(z.string(), 'As the city writes it, or `NA`.'),
    location: said(
      z.object({ latitude: z.string(), longitude: z.string() }),
      'Degrees as text, as the original app gave them; `lat` and `lon` are the numbers.',
    ),
    id: said(z.string(), "The city's id of the place."),
    lat: said(z.number(), 'Degrees, WGS84.'),
    lon: said(z.number(), 'Degrees, WGS84.'),
    distance_m: said(orNull(z.int()), 'Whole metres from `query.lat`,`query.lon`; `null` without them.'),
    facility: said(z.string(), '`truck`, `push_cart`, … or `unknown`.'),
    status: said(z.string(), "The permit's state: `approved`, `requested`, `expired`, …"),
    permit: said(orNull(z.string()), "The permit's number."),
    expires: said(orNull(z.string()), 'Last day of the permit, `YYYY-MM-DD`.', { format: 'date' }),
    area: said(orNull(z.string()), "Its neighbourhood; `null` where the city's polygons are not known."),
    open: openSchema,
    week: weekSchema(),
    hours_source: hoursSourceSchema(),
    hours_complete: said(z.boolean(), 'False: the source was cut off, a time outside `week` is unknown.'),
  }),
);

/** Whether a branch is permitted to be open at the asked time. */
export type OpenAnswer = z.infer<typeof openSchema>;

/** A branch on the wire. Every key is always there. */
export type BranchAnswer = z.infer<typeof branchSchema>;

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
    distance_m: wholeMetres(distanceMetres),
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

/** A distance as it is written; it is never rounded before. */
export function wholeMetres(metres: number | null): number | null {
  return metres === null ? null : Math.round(metres);
}

/** The state at a moment, and when it changes. */
export function openAnswer(hours: BranchHours, moment: Moment, zone: string): OpenAnswer {
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
