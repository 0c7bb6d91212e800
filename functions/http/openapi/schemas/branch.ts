import * as z from 'zod/mini';
import { OPEN_STATES } from '../../../model/hours/open-state.ts';
import type { HoursSource } from '../../../model/vendor.ts';
import { component, described, localTimeSchema, orNull } from './registry.ts';

const HOURS_SOURCES = ['schedule', 'permit', 'none'] as const satisfies HoursSource[];

export const hoursSourceSchema = () =>
  described(z.enum(HOURS_SOURCES), "Source of the hours: the city's schedule, the permit's own text, or none.");

export const weekSchema = () =>
  described(
    z.array(z.readonly(z.tuple([z.int(), z.int()]))),
    'When it is permitted to operate: half-open intervals in minutes from Monday 00:00 in `meta.timezone`. The start is 0 to 10079; an end over 10080 is on the following Monday.',
  );

export const openSchema = component(
  'Open',
  'Whether a branch is permitted to be open at `query.at`. It does not say whether the truck is there.',
  z.object({
    state: described(z.enum(OPEN_STATES), '`unknown` if its hours are not known, or not for this time.'),
    until: described(
      orNull(localTimeSchema()),
      "When it closes, to the minute with the city's offset; `null` if it is not open or never closes.",
      { examples: ['2026-09-22T14:00-07:00'] },
    ),
    next: described(
      orNull(localTimeSchema()),
      'When it opens next, in the same format; `null` if it is open or its hours are unknown.',
    ),
    source: hoursSourceSchema(),
  }),
);

export const branchSchema = component(
  'Branch',
  "One permitted place of a vendor: the original app's four keys, then ours.",
  z.object({
    hours: described(z.string(), "The weekly hours in the city's notation (`Mo-Fr:11AM-2PM`), or `NA`."),
    schedule: described(z.string(), "URL of the city's page about the permit, or `NA`."),
    address: described(z.string(), 'As the city writes it, or `NA`.'),
    location_descriptions: described(
      z.array(z.string()),
      'Other texts of the city about the place: where the truck is parked, between which streets.',
    ),
    location: described(
      z.object({ latitude: z.string(), longitude: z.string() }),
      'Degrees as text, as in the original app; `lat` and `lon` are the numbers.',
    ),
    id: described(z.string(), "The city's id of the place."),
    lat: described(z.number(), 'Degrees, WGS84.'),
    lon: described(z.number(), 'Degrees, WGS84.'),
    distance_m: described(orNull(z.int()), 'Whole metres from `query.lat`,`query.lon`; `null` without them.'),
    facility: described(z.string(), '`truck`, `push_cart`, … or `unknown`.'),
    status: described(z.string(), "The permit's status: `approved`, `requested`, `expired`, …"),
    permit: described(orNull(z.string()), "The permit's number."),
    expires: described(orNull(z.string()), 'Last day of the permit, `YYYY-MM-DD`.', { format: 'date' }),
    area: described(orNull(z.string()), "Its neighbourhood; `null` if the city's neighbourhoods are not known."),
    open: openSchema,
    week: weekSchema(),
    hours_source: hoursSourceSchema(),
    hours_complete: described(
      z.boolean(),
      'False if the source was cut off: whether it is open outside `week` is unknown.',
    ),
  }),
);

/** Whether a branch is permitted to be open at the time of the query. */
export type OpenResponse = z.infer<typeof openSchema>;

/** A branch in JSON. Every key is always present. */
export type BranchResponse = z.infer<typeof branchSchema>;
