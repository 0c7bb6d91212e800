import { valueOrNull } from '../api/types.ts';
import type { MapResults } from '../app/app-state.ts';
import type { Translations } from '../i18n/translations.ts';
import { openBadge } from '../view/open-badge.ts';
import type { MarkerData } from './marker.ts';

/** Every branch that is shown as a marker, in the list's order, so that the keyboard walks them alike. */
export function markerData(shown: MapResults | null, text: Translations): MarkerData[] {
  if (!shown) return [];
  const { trucks, filter } = shown;
  return trucks.flatMap((truck) =>
    truck.branches.map((branch) => {
      const address = valueOrNull(branch.address);
      const { state, words } = openBadge(branch, filter, text);
      return {
        id: branch.id,
        lat: branch.lat,
        lon: branch.lon,
        label: text.marker(truck.name, address && text.street(address), words),
        state,
        approved: branch.status === 'approved',
      };
    }),
  );
}
