import type { MapResults } from '../app/app-state.ts';
import type { ShownPlace } from '../app/shown-place.ts';
import type { Translations } from '../i18n/translations.ts';
import { openStatus } from '../view/open-badge.ts';
import { placeName } from '../view/place-name.ts';
import type { MarkerData } from './marker-data.ts';

/** One marker per branch, in the order of the list, so that the keyboard visits both in the same order. */
export function markerData(results: MapResults | null, t: Translations): MarkerData[] {
  if (!results) return [];
  const { trucks, filter } = results;
  return trucks.flatMap((truck) => truck.branches.map((branch) => markerOf({ truck, branch }, filter, t)));
}

/** The marker of one branch. */
export function markerOf({ truck, branch }: ShownPlace, filter: MapResults['filter'], t: Translations): MarkerData {
  const { state, label } = openStatus(branch, filter, t);
  return {
    id: branch.id,
    lat: branch.lat,
    lon: branch.lon,
    label: t.marker(truck.name, placeName(t, branch).name, label),
    state,
    approved: branch.status === 'approved',
  };
}
