import * as z from 'zod/mini';
import { OPEN_STATES } from '../../../model/hours/open-state.ts';
import type { HoursSource } from '../../../model/vendor.ts';
import { localTimeSchema, named, orNull, said } from './wire.ts';

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
export type OpenResponse = z.infer<typeof openSchema>;

/** A branch on the wire. Every key is always there. */
export type BranchResponse = z.infer<typeof branchSchema>;
