import { badgeOf } from './badge.ts';
import type { Spot } from './pin.ts';
import type { Shown } from './screen.ts';
import type { Text } from './text.ts';
import { given } from './wire.ts';

/** Every branch that is shown as a marker, in the list's order, so that the keyboard walks them alike. */
export function spotsOf(shown: Shown | null, text: Text): Spot[] {
  if (!shown) return [];
  const { trucks, narrowing } = shown;
  return trucks.flatMap((truck) =>
    truck.branches.map((branch) => {
      const address = given(branch.address);
      const { state, words } = badgeOf(branch, narrowing, text);
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
