import type { OpenState } from '../../functions/model/hours/open-state.ts';

/** A branch as the map knows it. */
export type MarkerData = {
  /** The branch's id. */
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
  /** The marker's accessible name. */
  readonly label: string;
  /** Decides the marker's colour, the shape of its head and the sign in it. */
  readonly state: OpenState;
  /** A marker without an approved permit is hollow. */
  readonly approved: boolean;
};
