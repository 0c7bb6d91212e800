import type { OpenState } from '../../functions/model/hours/open-state.ts';
import type { MapResults } from '../app/app-state.ts';
import type { Translations } from '../i18n/translations.ts';
import { openStatus } from '../view/open-badge.ts';
import { placeName } from '../view/place-name.ts';

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

/** One marker per branch, in the order of the list, so that the keyboard visits both in the same order. */
export function markerData(results: MapResults | null, t: Translations): MarkerData[] {
  if (!results) return [];
  const { trucks, filter } = results;
  return trucks.flatMap((truck) =>
    truck.branches.map((branch) => {
      const { state, label } = openStatus(branch, filter, t);
      return {
        id: branch.id,
        lat: branch.lat,
        lon: branch.lon,
        label: t.marker(truck.name, placeName(t, branch).name, label),
        state,
        approved: branch.status === 'approved',
      };
    }),
  );
}
