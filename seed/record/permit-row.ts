import type { LatLon } from '../../functions/model/geo.ts';
import type { PlaceHint } from './coordinates.ts';

type PlaceFault = {
  readonly reason: 'no_place' | 'bad_place' | 'outside_bounds';
  readonly detail: string;
  readonly hint?: PlaceHint;
};

/** One row of a city's permits: one vendor at one place. */
export type PermitRow = {
  readonly id: string;
  readonly line: number;
  /** As the city writes it, with single blanks. */
  readonly vendorName: string;
  readonly place: LatLon | null;
  /** Why the row has no place. The row is dropped for this reason unless the schedule has coordinates for it. */
  readonly placeFault: PlaceFault | null;
  readonly address: string | null;
  /** Street segments and landmarks of all rows with this id, sorted: an intersection has one for each of its streets. */
  readonly descriptions: readonly string[];
  readonly facility: string;
  /** As of the data's own date. */
  readonly status: string;
  readonly permit: string | null;
  readonly permitUrl: string | null;
  /** `YYYY-MM-DD`, as the next two. */
  readonly expires: string | null;
  readonly approved: string | null;
  readonly received: string | null;
  /** The neighbourhood, if the table has it. */
  readonly area: string | null;
  readonly foodText: string;
  readonly hoursText: string | null;
};
