import type { OpenState } from '../../functions/model/hours/open-state.ts';
import type { Translations } from '../i18n/translations.ts';

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

/** The accessible name of a cluster: how many places it has, and how many are open or may be. */
export function clusterLabel(members: readonly MarkerData[], t: Translations): string {
  const count = (state: OpenState) => members.filter((one) => one.state === state).length;
  return t.cluster(members.length, count('open'), count('unknown'));
}
