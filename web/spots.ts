import type { Spot } from './pin.ts';
import type { Text } from './text.ts';
import { given, type SearchAnswer } from './wire.ts';

/** Every branch of an answer as a marker, in the list's order, so that the keyboard walks them alike. */
export function spotsOf(answer: SearchAnswer | null, text: Text): Spot[] {
  return (answer?.trucks ?? []).flatMap((truck) =>
    truck.branches.map((branch) => {
      const address = given(branch.address);
      return {
        id: branch.id,
        lat: branch.lat,
        lon: branch.lon,
        label: text.marker(truck.name, address && text.street(address)),
        approved: branch.status === 'approved',
      };
    }),
  );
}
