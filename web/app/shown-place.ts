import type { Truck, TruckBranch } from '../api/types.ts';
import type { AppState } from './app-state.ts';

/** The vendor and the branch that the detail shows. */
export type ShownPlace = { readonly truck: Truck; readonly branch: TruckBranch };

/** The place that the URL names, if the answer has it. */
export function shownPlace({ urlState, searchStatus }: Pick<AppState, 'urlState' | 'searchStatus'>): ShownPlace | null {
  if (urlState.place === null) return null;
  for (const truck of searchStatus.answer?.trucks ?? []) {
    const branch = truck.branches.find(({ id }) => id === urlState.place);
    if (branch) return { truck, branch };
  }
  return null;
}
